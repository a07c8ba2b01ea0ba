package dev.edgegateway.demo;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The command lines of the demo's processes. */
final class Java {
    /** Where the packaged gateway is; the launcher sets it. */
    private static final String APP_PROPERTY = "edge-gateway.app";

    /** With these the JVM may end at an AOT cache that was made for another heap, instead of passing it over. */
    private static final Pattern HEAP_OPTION = Pattern.compile("(^|\\s)-Xm|HeapSize|NewSize|RAMPercentage");

    private static final List<String> SMALL = List.of(
            "-Xss256k",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:-UsePerfData",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            // Standard output is for what the demo reads.
            "-Dtinylog.writer=console",
            "-Dtinylog.writer.stream=err");

    private Java() {}

    /** A process of the demo's own jar. */
    static List<String> ofDemo(String heap, String mainClass, List<String> arguments) {
        var command = new ArrayList<String>();
        command.add(java());
        command.add("-Xmx" + heap);
        command.addAll(SMALL);
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(mainClass);
        command.addAll(arguments);
        return command;
    }

    /**
     * The gateway as its launcher starts it, with the AOT cache if there is one.
     *
     * @throws DemoException if it is not packaged.
     */
    static List<String> ofGateway(List<String> arguments) {
        String property = System.getProperty(APP_PROPERTY);
        if (property == null) {
            throw new DemoException("The demo is started with: ./edge-gateway demo");
        }
        Path app = Path.of(property);
        Path jar = app.resolve("gateway-runtime.jar");
        if (!Files.exists(jar)) {
            throw new DemoException(jar + " is missing; ./edge-gateway demo builds it");
        }
        var command = new ArrayList<String>();
        command.add(java());
        command.add("@" + app.resolve("jvm.options"));
        String more = System.getenv().getOrDefault("EDGE_GATEWAY_JAVA_OPTS", "");
        Path cache = app.resolve("edge-gateway.aot");
        if (Files.exists(cache) && !HEAP_OPTION.matcher(more).find()) {
            command.addAll(List.of("-XX:AOTCache=" + cache, "-XX:AOTMode=auto", "-Xlog:aot=off", "-Xlog:cds=off"));
        }
        if (!more.isBlank()) {
            command.addAll(List.of(more.strip().split("\\s+")));
        }
        command.addAll(List.of("-cp", jar.toString(), "dev.edgegateway.gateway.Main"));
        command.addAll(arguments);
        return command;
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
