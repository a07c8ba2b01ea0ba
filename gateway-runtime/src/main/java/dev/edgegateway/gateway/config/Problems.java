package dev.edgegateway.gateway.config;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects what is wrong. */
final class Problems {
    /** What is found twice, because it is looked at twice, is said once. */
    private final Set<Problem> found = new LinkedHashSet<>();

    private int errors;
    private boolean partial;

    void error(Place place, String key, String what, String expected) {
        errors++;
        found.add(new Problem(Problem.Severity.ERROR, place, key, what, expected));
    }

    void warning(Place place, String key, String what, String expected) {
        found.add(new Problem(Problem.Severity.WARNING, place, key, what, expected));
    }

    /** An error because of which parts of a file were not read. */
    void syntax(Place place, String what) {
        partial();
        error(place, "", what, "");
    }

    /** From now on something may seem to be missing only because it could not be read. */
    void partial() {
        partial = true;
    }

    /** Something is not there; says nothing if that may only be because it could not be read. */
    void missing(Place place, String key, String what, String expected) {
        if (partial) {
            errors++;
        } else {
            error(place, key, what, expected);
        }
    }

    /** How many errors there were so far. */
    int errors() {
        return errors;
    }

    /** In the order of the files, and from top to bottom. */
    List<Problem> inOrder(List<SourceText> sources) {
        return found.stream()
                .sorted(Comparator.comparingInt((Problem problem) ->
                                sources.indexOf(problem.place().source()))
                        .thenComparingInt(problem -> problem.place().line())
                        .thenComparingInt(problem -> problem.place().column()))
                .toList();
    }
}
