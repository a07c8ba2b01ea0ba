package dev.edgegateway.gateway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The two rules of the layout: only the runtime sees the other modules, and each foreign library has one home. */
class ArchitectureTest {
    private static final String ROOT = "dev.edgegateway.";
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.edgegateway");

    @Test
    void theClassesOfAllModulesAreLookedAt() {
        for (String module : List.of("sensor", "broker", "forward", "gateway")) {
            assertTrue(CLASSES.stream().anyMatch(type -> type.getPackageName().startsWith(ROOT + module)), module);
        }
    }

    @ParameterizedTest
    @CsvSource({"sensor", "broker", "forward"})
    void aModuleOfTheApplianceSeesNoOther(String module) {
        String[] others = List.of("sensor", "broker", "forward", "gateway").stream()
                .filter(other -> !other.equals(module))
                .map(other -> ROOT + other + "..")
                .toArray(String[]::new);
        noClasses()
                .that()
                .resideInAPackage(ROOT + module + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others)
                .check(CLASSES);
    }

    @ParameterizedTest
    @CsvSource({
        "io.netty.., broker.netty..",
        "org.h2.., broker.h2.. forward.h2.. gateway.store..",
        "org.eclipse.paho.., forward.paho.. gateway.rehearsal..",
        "com.fazecast.., sensor.bus.jserialcomm..",
        "com.pi4j.., sensor.bus.pi4j..",
        "org.tomlj.., gateway.config..",
        "picocli.., gateway.cli..",
        "org.bouncycastle.., gateway.access..",
        "tools.jackson.., gateway..",
    })
    void aForeignLibraryIsImportedAtHomeOnly(String library, String homes) {
        String[] allowed =
                List.of(homes.split(" ")).stream().map(home -> ROOT + home).toArray(String[]::new);
        noClasses()
                .that()
                .resideInAPackage("dev.edgegateway..")
                .and()
                .resideOutsideOfPackages(allowed)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .check(CLASSES);
    }
}
