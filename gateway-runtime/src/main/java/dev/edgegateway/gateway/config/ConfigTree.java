package dev.edgegateway.gateway.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Lays the tree of one file over that of another: tables are merged, lists appended, and nothing is set twice. */
final class ConfigTree {
    private ConfigTree() {}

    static Node.Table merge(Node.Table base, Node.Table more, Problems problems) {
        return merge("", base, more, problems);
    }

    private static Node.Table merge(String path, Node.Table base, Node.Table more, Problems problems) {
        Map<String, Node.Entry> merged = new LinkedHashMap<>(base.entries());
        more.entries().forEach((key, added) -> {
            Node.Entry present = merged.get(key);
            String name = path + key;
            if (present == null) {
                merged.put(key, added);
            } else if (present.value() instanceof Node.Table here && added.value() instanceof Node.Table there) {
                merged.put(key, new Node.Entry(present.keyPlace(), merge(name + ".", here, there, problems)));
            } else if (present.value() instanceof Node.Items here && added.value() instanceof Node.Items there) {
                List<Node> items = new ArrayList<>(here.items());
                items.addAll(there.items());
                merged.put(key, new Node.Entry(present.keyPlace(), new Node.Items(here.place(), items)));
            } else if (present.value() instanceof Node.Scalar && added.value() instanceof Node.Scalar) {
                problems.error(
                        added.keyPlace(), name, "is set here and at " + present.keyPlace(), "keep one of the two");
            } else {
                problems.error(
                        added.keyPlace(),
                        name,
                        "is " + sort(added.value()) + " here and " + sort(present.value()) + " at "
                                + present.keyPlace(),
                        "write both the same way");
            }
        });
        return new Node.Table(base.place(), merged);
    }

    private static String sort(Node node) {
        return switch (node) {
            case Node.Table _ -> "a table";
            case Node.Items _ -> "a list";
            case Node.Scalar _ -> "a single value";
        };
    }
}
