package dev.edgegateway.gateway.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A configuration on disk, and what loading it says. */
final class ConfigFolder {
    /** The least that is valid. */
    static final String MINIMAL = """
            [gateway]
            type_id = "edge-gateway"
            device_id = "gw-001"
            [[listener]]
            allow_anonymous = true
            """;

    private final Path folder;
    private final Map<String, String> environment = new HashMap<>();

    ConfigFolder(Path folder) {
        this.folder = folder;
    }

    Path path(String name) {
        return folder.resolve(name);
    }

    ConfigFolder with(String name, String text) {
        try {
            Path file = path(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file that its owner alone may read. */
    ConfigFolder withSecret(String name, String text) {
        with(name, text);
        try {
            Files.setPosixFilePermissions(path(name), PosixFilePermissions.fromString("rw-------"));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ConfigFolder withVariable(String name, String value) {
        environment.put(name, value);
        return this;
    }

    LoadedConfig load() throws ConfigException {
        return new ConfigLoader(() -> List.of(FakeDriver.SYSTEM, FakeDriver.SERIAL), environment)
                .load(path("gateway.toml"));
    }

    GatewayConfig config() throws ConfigException {
        return load().config();
    }

    /** Every problem in one line: {@code line:column severity: sentence}, the file's name first where it is another. */
    List<String> problems() {
        try {
            return load().warnings().stream().map(this::line).toList();
        } catch (ConfigException e) {
            return e.problems().stream().map(this::line).toList();
        }
    }

    private String line(Problem problem) {
        return (problem.place() + " " + problem.severity().word() + ": " + problem.sentence())
                .replace(path("gateway.toml") + ":", "")
                .replace(folder + "/", "");
    }
}
