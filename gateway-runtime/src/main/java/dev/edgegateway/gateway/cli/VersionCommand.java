package dev.edgegateway.gateway.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import tools.jackson.jr.ob.JSON;

/** {@code edge-gateway version}. */
@Command(name = "version", description = "Prints the version of the gateway, of its Java runtime and of the system.")
final class VersionCommand implements Callable<Integer> {
    /** For {@code --version}. */
    static final class Provider implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {line(BuildInfo.ofThisProcess())};
        }
    }

    @Option(names = "--json", description = "Prints one JSON object.")
    private boolean json;

    private final Terminal terminal;

    VersionCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        BuildInfo build = BuildInfo.ofThisProcess();
        terminal.out().println(json ? toJson(build) : line(build));
        return ExitStatus.OK;
    }

    private static String line(BuildInfo build) {
        return "edge-gateway " + build.version() + ", Java " + build.java() + ", " + build.platform();
    }

    private static String toJson(BuildInfo build) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("version", build.version());
        map.put("java", build.java());
        map.put("platform", build.platform());
        return JSON.std.asString(map);
    }
}
