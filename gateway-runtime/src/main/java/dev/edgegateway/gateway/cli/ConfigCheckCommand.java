package dev.edgegateway.gateway.cli;

import dev.edgegateway.gateway.config.ConfigException;
import dev.edgegateway.gateway.config.ConfigLoader;
import dev.edgegateway.gateway.config.GatewayConfig;
import dev.edgegateway.gateway.config.LoadedConfig;
import dev.edgegateway.gateway.config.Problem;
import dev.edgegateway.gateway.config.UplinkConfig;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.jr.ob.JSON;

/** {@code edge-gateway config check}: everything that is wrong with a configuration. */
@Command(
        name = "check",
        description =
                "Reports everything that is wrong with a configuration. The exit status is 78 if it cannot be used.")
final class ConfigCheckCommand implements Callable<Integer> {
    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "FILE",
            defaultValue = CommandLineInterface.DEFAULT_CONFIG,
            description = "The configuration file (default: ${DEFAULT-VALUE}); conf.d/*.toml beside it is read too.")
    private Path file = Path.of(CommandLineInterface.DEFAULT_CONFIG);

    @Option(names = "--json", description = "Reports as one JSON object.")
    private boolean json;

    private final Terminal terminal;

    ConfigCheckCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try {
            LoadedConfig loaded = ConfigLoader.ofThisProcess().load(file);
            report(true, loaded.warnings(), summary(loaded.config()));
            return ExitStatus.OK;
        } catch (ConfigException e) {
            report(false, e.problems(), count(e.problems()));
            return ExitStatus.CONFIGURATION;
        }
    }

    private void report(boolean usable, List<Problem> problems, String summary) {
        if (json) {
            terminal.out().println(toJson(usable, problems));
        } else {
            problems.forEach(terminal.out()::println);
            terminal.out().println(file + ": " + summary);
        }
    }

    private static String summary(GatewayConfig config) {
        UplinkConfig uplink = config.uplink();
        return "ok, " + count(config.listeners().size(), "listener") + ", "
                + (uplink == null ? "no uplink" : "uplink " + uplink.profile().word() + " to " + uplink.url()) + ", "
                + count(config.routes().size(), "route") + ", "
                + count(config.sensors().size(), "sensor");
    }

    private static String count(List<Problem> problems) {
        long errors = problems.stream()
                .filter(problem -> problem.severity() == Problem.Severity.ERROR)
                .count();
        return count(errors, "error") + ", " + count(problems.size() - errors, "warning");
    }

    private static String count(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    private static String toJson(boolean usable, List<Problem> problems) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("usable", usable);
        report.put("problems", problems.stream().map(ConfigCheckCommand::toMap).toList());
        return JSON.std.asString(report);
    }

    private static Map<String, Object> toMap(Problem problem) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("severity", problem.severity().word());
        map.put("file", problem.place().file());
        map.put("line", problem.place().line());
        map.put("column", problem.place().column());
        map.put("key", problem.key());
        map.put("found", problem.what());
        map.put("expected", problem.expected());
        return map;
    }
}
