package dev.edgegateway.gateway.cli;

import dev.edgegateway.gateway.access.CredentialFile;
import dev.edgegateway.gateway.access.Credentials;
import dev.edgegateway.gateway.config.AccessConfig;
import dev.edgegateway.gateway.config.ConfigException;
import dev.edgegateway.gateway.config.ConfigLoader;
import dev.edgegateway.gateway.config.Problem;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The file that a command of {@code edge-gateway user} works on. */
final class UserFileChoice {
    /** At most one of them. */
    static final class Where {
        @Option(names = "--file", paramLabel = "FILE", description = "The file of users, or of devices, itself.")
        private @Nullable Path file;

        @Option(
                names = {"-c", "--config"},
                paramLabel = "FILE",
                description =
                        "The configuration that names the file (default: " + CommandLineInterface.DEFAULT_CONFIG + ").")
        private @Nullable Path config;
    }

    /** What is done with the file. */
    @FunctionalInterface
    interface Work {
        /** @return the exit status. */
        int on(CredentialFile file, Path path) throws IOException;
    }

    @ArgGroup
    private @Nullable Where where;

    @Option(names = "--device", description = "It is about a device and its token; the name is TYPE:ID.")
    private boolean device;

    Credentials.Kind kind() {
        return device ? Credentials.Kind.DEVICES : Credentials.Kind.USERS;
    }

    /** Does the work, or says why it cannot be done. */
    int with(Terminal terminal, Work work) {
        Path path;
        try {
            path = path();
        } catch (ConfigException e) {
            e.problems().stream()
                    .filter(problem -> problem.severity() == Problem.Severity.ERROR)
                    .forEach(terminal.err()::println);
            terminal.err().println("edge-gateway: the configuration does not say where the file is; --file can");
            return ExitStatus.CONFIGURATION;
        }
        if (path == null) {
            terminal.err()
                    .println("edge-gateway: the configuration names no such file; set "
                            + (device ? "device_tokens_file" : "users_file") + " in [access], or use --file");
            return ExitStatus.CONFIGURATION;
        }
        try {
            return work.on(CredentialFile.open(path, kind()), path);
        } catch (AccessDeniedException e) {
            terminal.err().println("edge-gateway: " + e.getFile() + ": this user may not; use sudo");
            return ExitStatus.NO_PERMISSION;
        } catch (NoSuchFileException e) {
            terminal.err().println("edge-gateway: " + path + ": there is no such directory");
            return ExitStatus.FAILED;
        } catch (IOException e) {
            terminal.err().println("edge-gateway: " + e.getMessage());
            return ExitStatus.FAILED;
        }
    }

    private @Nullable Path path() throws ConfigException {
        Where given = where == null ? new Where() : where;
        if (given.file != null) {
            return given.file;
        }
        Path config = given.config == null ? Path.of(CommandLineInterface.DEFAULT_CONFIG) : given.config;
        AccessConfig access = ConfigLoader.ofThisProcess().loadAccessPaths(config);
        return device ? access.deviceTokensFile() : access.usersFile();
    }
}
