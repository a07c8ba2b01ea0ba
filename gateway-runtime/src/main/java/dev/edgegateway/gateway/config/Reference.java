package dev.edgegateway.gateway.config;

import dev.edgegateway.sensor.Option;
import dev.edgegateway.sensor.SensorDriver;
import java.util.Comparator;
import java.util.List;

/** Writes the reference of everything that can be configured. */
public final class Reference {
    private static final String HEAD = """
            # Configuration reference

            The gateway reads one TOML file, by default `/etc/edge-gateway/gateway.toml`, and after it every `conf.d/*.toml`
            beside it, in the order of their names. Tables of several files are merged and lists of tables appended; a key that
            two files set is an error.

            `edge-gateway config check FILE` reports everything that is wrong with a configuration at once, and so does
            `edge-gateway run`, which then ends with status 78. Unknown keys are errors.

            | Written | Means |
            |---|---|
            | duration | a number and `ms`, `s`, `m`, `h` or `d`: `"500ms"`, `"10s"`, `"30d"` |
            | size | a number and `B`, `KB`, `MB`, `GB` or `TB`, each 1024 times the one before: `"512MB"` is 536870912 bytes; a bare number is bytes |
            | integer | may be hexadecimal: `0x76` |
            | path | relative ones start in the directory of the main file, also in `conf.d` |
            | flag | `true` or `false` |
            | IP address | as in `"127.0.0.1"` or `"::1"`, never a name; `"0.0.0.0"` and `"::"` are all addresses of the machine |
            | URL | `tcp://HOST:PORT` or `ssl://HOST:PORT` |
            | id | 1 to 36 of `A-Z a-z 0-9 - _ .` |
            | topic filter | an MQTT filter with `+` and `#`; in a route, `{name}` captures one level that is not empty |
            | template | text in which `{name}` stands for what the topic filter captured |

            Secrets are never in these files but in files of their own, named by keys that end in `_file`: one line, readable by
            the gateway's user alone.

            This page is written by `edge-gateway config reference`.
            """;

    private Reference() {}

    /**
     * The reference as Markdown.
     *
     * @param drivers whose keys are listed.
     */
    public static String markdown(List<SensorDriver> drivers) {
        StringBuilder text = new StringBuilder(HEAD);
        for (Section section : Schema.SECTIONS) {
            text.append("\n## ").append(section.header()).append("\n\n");
            text.append(section.description()).append("\n\n");
            table(text, section.keys());
            if (section.equals(SensorSection.SECTION)) {
                drivers.stream()
                        .sorted(Comparator.comparing(SensorDriver::name))
                        .forEach(driver -> driver(text, driver));
            }
        }
        return text.toString();
    }

    private static void driver(StringBuilder text, SensorDriver driver) {
        text.append("\n### driver = \"").append(driver.name()).append("\"\n\n");
        List<Option> options = driver.options();
        if (options.isEmpty()) {
            text.append("It has no keys of its own.\n");
        } else {
            table(text, options.stream().<Key<?>>map(SensorSection::key).toList());
        }
    }

    private static void table(StringBuilder text, List<? extends Key<?>> keys) {
        text.append("| Key | Kind | Default | Meaning |\n|---|---|---|---|\n");
        for (Key<?> key : keys) {
            text.append("| `").append(key.name()).append("` | ").append(kind(key.kind()));
            text.append(" | ").append(fallback(key)).append(" | ");
            text.append(cell(key.description())).append(" |\n");
        }
    }

    private static String fallback(Key<?> key) {
        if (key.required()) {
            return "required";
        }
        String written = key.writtenFallback();
        return written == null ? cell(key.absent()) : "`" + written + "`";
    }

    private static String kind(Kind<?> kind) {
        return kind.range().isEmpty() ? kind.name() : kind.name() + ", " + cell(kind.range());
    }

    private static String cell(String said) {
        return said.replace("|", "\\|").replace("\n", " ");
    }
}
