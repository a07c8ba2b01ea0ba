package dev.edgegateway.gateway.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlEntry;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseOptions;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/** Reads TOML text; the only importer of tomlj. */
final class TomlSource {
    private final SourceText source;

    private TomlSource(SourceText source) {
        this.source = source;
    }

    /**
     * Reads as much as can be read.
     *
     * @param problems takes every error of syntax.
     */
    static Node.Table parse(SourceText source, String text, Problems problems) {
        TomlParseResult result = Toml.parse(text, TomlParseOptions.sourceless());
        TomlSource reader = new TomlSource(source);
        for (TomlParseError error : result.errors()) {
            String message = String.valueOf(error.getMessage());
            problems.syntax(
                    reader.place(error.position()),
                    "cannot be read as TOML: " + Character.toLowerCase(message.charAt(0)) + message.substring(1));
        }
        return reader.table(result, Place.wholeFile(source));
    }

    private Node.Table table(TomlTable table, Place place) {
        Map<String, Node.Entry> entries = new LinkedHashMap<>();
        for (String key : table.keySet()) {
            TomlEntry entry = table.entry(List.of(key));
            Object value = table.get(List.of(key));
            if (entry == null || value == null) {
                continue;
            }
            Place keyPlace = place(entry.position());
            Place valuePlace = value instanceof TomlTable || value instanceof TomlArray
                    ? keyPlace
                    : place(entry.value().position());
            entries.put(key, new Node.Entry(keyPlace, node(value, valuePlace)));
        }
        return new Node.Table(place, entries);
    }

    private Node node(Object value, Place place) {
        if (value instanceof TomlTable table) {
            return table(table, place);
        }
        if (value instanceof TomlArray array) {
            List<Node> items = new ArrayList<>();
            for (int i = 0; i < array.size(); i++) {
                items.add(node(array.get(i), place(array.inputPositionOf(i))));
            }
            return new Node.Items(place, items);
        }
        return new Node.Scalar(place, value);
    }

    private Place place(@Nullable TomlPosition position) {
        return position == null ? Place.wholeFile(source) : new Place(source, position.line(), position.column());
    }
}
