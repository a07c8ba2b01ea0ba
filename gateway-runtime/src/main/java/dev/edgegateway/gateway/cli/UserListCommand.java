package dev.edgegateway.gateway.cli;

import dev.edgegateway.gateway.access.Credentials;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.jr.ob.JSON;

/** {@code edge-gateway user list}. */
@Command(
        name = "list",
        description = "Lists the users, or with --device the devices, and how their secrets are hashed.")
final class UserListCommand implements Callable<Integer> {
    @Option(names = "--json", description = "Prints one JSON object.")
    private boolean json;

    @Mixin
    private UserFileChoice choice = new UserFileChoice();

    private final Terminal terminal;

    UserListCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        return choice.with(terminal, (file, path) -> {
            Credentials credentials = file.credentials();
            if (json) {
                terminal.out().println(toJson(credentials, choice.kind()));
            } else {
                int width = credentials.algorithms().keySet().stream()
                        .mapToInt(String::length)
                        .max()
                        .orElse(0);
                credentials
                        .algorithms()
                        .forEach((name, algorithm) ->
                                terminal.out().println(name + " ".repeat(width - name.length() + 2) + algorithm));
                credentials
                        .problems()
                        .forEach(problem -> terminal.err().println(path + ": " + problem + "; it admits nobody"));
            }
            return ExitStatus.OK;
        });
    }

    private static String toJson(Credentials credentials, Credentials.Kind kind) {
        List<Map<String, Object>> entries = credentials.algorithms().entrySet().stream()
                .map(entry -> map("name", entry.getKey(), "hash", entry.getValue()))
                .toList();
        List<Map<String, Object>> problems = credentials.problems().stream()
                .map(problem -> map("line", problem.line(), "found", problem.what()))
                .toList();
        return JSON.std.asString(map(kind.word() + "s", entries, "problems", problems));
    }

    private static Map<String, Object> map(String one, Object first, String other, Object second) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put(one, first);
        map.put(other, second);
        return map;
    }
}
