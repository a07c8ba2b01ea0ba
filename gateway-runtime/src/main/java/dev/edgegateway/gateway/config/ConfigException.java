package dev.edgegateway.gateway.config;

import java.util.List;
import java.util.stream.Collectors;

/** A configuration that cannot be used; holds all that is wrong with it. */
public final class ConfigException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    /** @param problems at least one error, in the order of the files; warnings among them. */
    public ConfigException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** All of them, in the order of the files. */
    public List<Problem> problems() {
        return problems;
    }
}
