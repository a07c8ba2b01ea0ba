package dev.edgegateway.gateway.config;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Text with captures of a {@link TopicPattern} in it: {@code plant/{device}-{event}}. */
public final class Template {
    private final List<Part> parts;

    private sealed interface Part {}

    private record Text(String value) implements Part {
        @Override
        public String toString() {
            return value;
        }
    }

    private record Capture(String name) implements Part {
        @Override
        public String toString() {
            return "{" + name + "}";
        }
    }

    private Template(List<Part> parts) {
        this.parts = List.copyOf(parts);
    }

    /** @throws IllegalArgumentException saying in one clause what is wrong. */
    public static Template parse(String text) {
        List<Part> parts = new ArrayList<>();
        int from = 0;
        while (from < text.length()) {
            int open = text.indexOf('{', from);
            String plain = text.substring(from, open < 0 ? text.length() : open);
            if (plain.indexOf('}') >= 0) {
                throw new IllegalArgumentException("has a } without a {");
            }
            if (!plain.isEmpty()) {
                parts.add(new Text(plain));
            }
            if (open < 0) {
                break;
            }
            int close = text.indexOf('}', open);
            if (close < 0) {
                throw new IllegalArgumentException("has a { without a }");
            }
            String name = text.substring(open + 1, close);
            checkName(name);
            parts.add(new Capture(name));
            from = close + 1;
        }
        return new Template(parts);
    }

    /** Text that is taken as it is. */
    static Template literal(String text) {
        return new Template(List.of(new Text(text)));
    }

    /** Just the value of one capture. */
    static Template capture(String name) {
        return new Template(List.of(new Capture(name)));
    }

    static void checkName(String name) {
        boolean fits =
                !name.isEmpty() && name.chars().allMatch(c -> c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '_');
        if (!fits) {
            throw new IllegalArgumentException("a capture is named with a-z 0-9 _, unlike {" + name + "}");
        }
    }

    /** The names of the captures in it. */
    public List<String> names() {
        return parts.stream()
                .flatMap(part -> switch (part) {
                    case Capture capture -> java.util.stream.Stream.of(capture.name());
                    case Text _ -> java.util.stream.Stream.empty();
                })
                .distinct()
                .toList();
    }

    /** The text around the captures. */
    String literals() {
        return parts.stream()
                .map(part -> switch (part) {
                    case Text(String value) -> value;
                    case Capture _ -> "";
                })
                .collect(Collectors.joining());
    }

    /** The text with every capture replaced by its value. */
    public String expand(Captures captures) {
        if (parts.size() == 1) {
            return expand(parts.getFirst(), captures);
        }
        StringBuilder text = new StringBuilder();
        for (Part part : parts) {
            text.append(expand(part, captures));
        }
        return text.toString();
    }

    private static String expand(Part part, Captures captures) {
        return switch (part) {
            case Text(String value) -> value;
            case Capture(String name) -> captures.value(name);
        };
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Template template && template.parts.equals(parts);
    }

    @Override
    public int hashCode() {
        return parts.hashCode();
    }

    /** As it was written. */
    @Override
    public String toString() {
        return parts.stream().map(Object::toString).collect(Collectors.joining());
    }
}
