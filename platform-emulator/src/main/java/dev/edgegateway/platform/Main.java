package dev.edgegateway.platform;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The emulator as a program of its own: prints one line when it is ready and runs until SIGTERM. */
@Command(
        name = "platform-emulator",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        description =
                "An IoT platform of the iot-2 kind for the demo and for tests. Tokens are read from the first line"
                        + " of files; there are no default ones.",
        sortOptions = false)
public final class Main implements Callable<Integer> {
    @Spec
    @Nullable
    private CommandSpec spec;

    @Option(names = "--bind", paramLabel = "ADDRESS", description = "Address to listen on (default: ${DEFAULT-VALUE}).")
    private String bind = "127.0.0.1";

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "Port to listen on, 0 for a free one (default: ${DEFAULT-VALUE}).")
    private int port = 1883;

    @Option(names = "--org", required = true, description = "The organization served: six letters or digits.")
    private String org = "";

    @Option(names = "--api-key", description = "API key of the applications: a-{org}-{random}.")
    private @Nullable String apiKey;

    @Option(names = "--api-token-file", paramLabel = "FILE", description = "File with the API key's token.")
    private @Nullable Path apiTokenFile;

    @Option(
            names = "--gateway",
            paramLabel = "TYPE:ID=FILE",
            description = "A gateway and the file with its token; may be given several times.")
    private Map<String, Path> gateways = new TreeMap<>();

    @Option(
            names = "--device",
            paramLabel = "TYPE:ID=FILE",
            description =
                    "A device with a connection of its own and the file with its token; may be given several times.")
    private Map<String, Path> devices = new TreeMap<>();

    @Option(
            names = "--max-queued",
            paramLabel = "MESSAGES",
            description = "Messages that wait for one client before the oldest are dropped, at any QoS; the platform's"
                    + " own bound is ${DEFAULT-VALUE}.")
    private int maxQueued = 5000;

    /** Runs the program. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new Main()).execute(args));
    }

    @Override
    public Integer call() throws InterruptedException {
        EmulatorSettings settings;
        try {
            settings = EmulatorSettings.of(bind, port, org, credentials()).withMaxQueuedPerClient(maxQueued);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(commandLine(), String.valueOf(e.getMessage()), e);
        }
        PlatformEmulator emulator;
        try {
            emulator = PlatformEmulator.open(settings);
        } catch (IllegalStateException e) {
            commandLine().getErr().println("platform-emulator: " + e.getMessage());
            return ExitCode.SOFTWARE;
        }
        CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            emulator.close();
                            ended.countDown();
                        },
                        "shutdown"));
        System.out.println("platform emulator ready on port " + emulator.port());
        System.out.flush();
        ended.await();
        return ExitCode.OK;
    }

    private Credentials credentials() {
        Credentials.Builder credentials = Credentials.builder();
        if ((apiKey == null) != (apiTokenFile == null)) {
            throw new IllegalArgumentException("--api-key and --api-token-file are given together or not at all");
        }
        if (apiKey != null && apiTokenFile != null) {
            credentials.application(apiKey, Credentials.readToken(apiTokenFile));
        }
        gateways.forEach((name, file) -> {
            String[] parts = typeAndId("--gateway", name);
            credentials.gateway(parts[0], parts[1], Credentials.readToken(file));
        });
        devices.forEach((name, file) -> {
            String[] parts = typeAndId("--device", name);
            credentials.device(parts[0], parts[1], Credentials.readToken(file));
        });
        return credentials.build();
    }

    private static String[] typeAndId(String option, String name) {
        String[] parts = name.split(":", -1);
        if (parts.length != 2) {
            throw new IllegalArgumentException(option + " '" + name + "' is not TYPE:ID=FILE");
        }
        return parts;
    }

    /** The version this was built as. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"platform-emulator " + (version == null ? "(not packaged)" : version)};
        }
    }

    private CommandLine commandLine() {
        if (spec == null) {
            throw new IllegalStateException("run through picocli only");
        }
        return spec.commandLine();
    }
}
