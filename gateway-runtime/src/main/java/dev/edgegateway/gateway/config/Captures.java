package dev.edgegateway.gateway.config;

import java.util.List;

/** What the captures of a {@link TopicPattern} stand for in one topic. */
public final class Captures {
    static final String[] NO_VALUES = {};

    private final List<String> names;
    private final String[] values;

    Captures(List<String> names, String[] values) {
        this.names = names;
        this.values = values;
    }

    /** @throws IllegalArgumentException if the pattern has no capture of that name. */
    public String value(String name) {
        int index = names.indexOf(name);
        if (index < 0) {
            throw new IllegalArgumentException("there is no capture {" + name + "} among " + names);
        }
        return values[index];
    }
}
