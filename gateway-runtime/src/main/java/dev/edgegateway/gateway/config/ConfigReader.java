package dev.edgegateway.gateway.config;

import dev.edgegateway.gateway.uplink.TopicPattern;
import dev.edgegateway.sensor.SensorDriver;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Turns the merged tree of a configuration into its records. */
final class ConfigReader {
    private final Node.Table root;
    private final Supplier<List<SensorDriver>> drivers;
    private final Surroundings surroundings;
    private final Problems problems;

    ConfigReader(Node.Table root, Supplier<List<SensorDriver>> drivers, Surroundings surroundings, Problems problems) {
        this.root = root;
        this.drivers = drivers;
        this.surroundings = surroundings;
        this.problems = problems;
    }

    /** @return empty if there was any error. */
    Optional<GatewayConfig> read() {
        refuseOtherTables();
        GatewaySection.Read gateway = readGateway();
        AccessConfig access = access();
        List<ListenerConfig> listeners = listeners(access.anyoneCanLogIn());
        checkListenersOfRules(listeners);
        QueueConfig queue = QueueSection.read(single(QueueSection.SECTION));
        Optional<UplinkConfig> uplink = uplink(gateway);
        List<RouteConfig> routes = routes(uplink, gateway.identity());
        List<SensorConfig> sensors = sensors();
        BrokerConfig broker = BrokerSection.read(single(BrokerSection.SECTION));
        if (problems.errors() > 0) {
            return Optional.empty();
        }
        return Optional.of(new GatewayConfig(
                gateway.identity(),
                gateway.dataDir(),
                gateway.runDir(),
                listeners,
                access,
                broker,
                queue,
                uplink.orElse(null),
                routes,
                sensors));
    }

    /** Reads {@code [gateway]} alone. */
    GatewaySection.Read readGateway() {
        if (!root.entries().containsKey("gateway")) {
            problems.missing(root.place(), "gateway", "is missing", "start with [gateway], type_id and device_id");
        }
        return GatewaySection.read(single(GatewaySection.SECTION), surroundings);
    }

    private void refuseOtherTables() {
        root.entries().forEach((name, entry) -> {
            if (Schema.names().contains(name)) {
                return;
            }
            boolean table = entry.value() instanceof Node.Table || entry.value() instanceof Node.Items;
            String hint = Suggestion.nearest(name, Schema.names())
                    .flatMap(meant -> Schema.SECTIONS.stream()
                            .filter(section -> section.name().equals(meant))
                            .findFirst())
                    .map(section -> "did you mean `" + section.header() + "`?")
                    .orElseGet(() -> table
                            ? "the known ones are "
                                    + String.join(
                                            ", ",
                                            Schema.SECTIONS.stream()
                                                    .map(Section::header)
                                                    .toList())
                            : "keys stand below the header of their table, such as [gateway]");
            problems.error(entry.keyPlace(), name, table ? "is not a known table" : "is not a known key", hint);
        });
    }

    /** Reads of {@code [access]} where its files are, and does not look at them. */
    AccessConfig readAccessPaths() {
        return AccessSection.readPaths(single(AccessSection.SECTION), surroundings);
    }

    private AccessConfig access() {
        TableReader table = single(AccessSection.SECTION);
        table.refuseOthers(AccessSection.SECTION.keys(), "rule");
        return AccessSection.read(table, rules(), surroundings);
    }

    private List<TableReader> rules() {
        Node.Entry entry = root.entries().get(AccessSection.SECTION.name());
        return entry != null && entry.value() instanceof Node.Table table
                ? many(AccessSection.RULE, table.entries().get("rule"))
                : List.of();
    }

    private void checkListenersOfRules(List<ListenerConfig> listeners) {
        List<String> names = listeners.stream().map(ListenerConfig::name).toList();
        for (TableReader rule : rules()) {
            rule.find(AccessSection.LISTENERS).orElse(List.of()).stream()
                    .filter(name -> !names.contains(name))
                    .findFirst()
                    .ifPresent(name -> rule.error(
                            AccessSection.LISTENERS,
                            "names " + Node.quoted(name) + ", and there is no such listener",
                            Suggestion.didYouMean(name, names)));
        }
    }

    private List<ListenerConfig> listeners(boolean anyoneCanLogIn) {
        List<TableReader> tables = many(ListenerSection.SECTION);
        if (tables.isEmpty() && !root.entries().containsKey("listener")) {
            problems.missing(root.place(), "listener", "is missing", "add [[listener]] with bind and port");
        }
        List<ListenerConfig> listeners = new ArrayList<>();
        Map<String, TableReader> byName = new HashMap<>();
        List<TableReader> sound = new ArrayList<>();
        for (int i = 0; i < tables.size(); i++) {
            TableReader table = tables.get(i);
            ListenerConfig listener = ListenerSection.read(table, i, anyoneCanLogIn, surroundings);
            if (!table.clean()) {
                continue;
            }
            TableReader namesake = byName.putIfAbsent(listener.name(), table);
            if (namesake != null) {
                table.error(
                        ListenerSection.NAME,
                        "is " + Node.quoted(listener.name()) + ", as at " + namesake.placeOf(ListenerSection.NAME),
                        "give each listener a name of its own");
            }
            for (int j = 0; j < listeners.size(); j++) {
                if (ListenerSection.collide(listener, listeners.get(j))) {
                    table.error(
                            ListenerSection.PORT,
                            "is " + listener.port() + ", which the listener at "
                                    + sound.get(j).placeOf(ListenerSection.PORT) + " takes",
                            "expected another port or address");
                }
            }
            listeners.add(listener);
            sound.add(table);
        }
        return listeners;
    }

    private Optional<UplinkConfig> uplink(GatewaySection.Read gateway) {
        Node.Entry entry = root.entries().get("uplink");
        if (entry == null) {
            return Optional.empty();
        }
        Node node = entry.value();
        if (node instanceof Node.Items(var _, List<Node> items) && !items.isEmpty()) {
            items.stream()
                    .skip(1)
                    .forEach(more -> problems.error(
                            more.place(), "uplink", "is there more than once", "this version relays to one platform"));
            node = items.getFirst();
        }
        if (!(node instanceof Node.Table table)) {
            problems.error(entry.keyPlace(), "uplink", "is " + node.found(), "write [uplink] on a line of its own");
            return Optional.empty();
        }
        return UplinkSection.read(new TableReader("uplink", table, problems), gateway, surroundings);
    }

    private List<RouteConfig> routes(Optional<UplinkConfig> uplink, GatewayIdentity gateway) {
        List<TableReader> tables = many(RouteSection.SECTION);
        if (uplink.isEmpty()) {
            tables.forEach(RouteSection::check);
            if (!tables.isEmpty() && !root.entries().containsKey("uplink")) {
                problems.warning(
                        tables.getFirst().place(), "route", "leads nowhere without [uplink]", "routes are ignored");
            }
            return List.of();
        }
        List<RouteConfig> routes = new ArrayList<>();
        Map<String, TableReader> byTopic = new HashMap<>();
        for (TableReader table : tables) {
            RouteConfig route = RouteSection.read(table, uplink.get().profile(), gateway);
            TableReader earlier = table.clean() && route.direction().goesUp()
                    ? byTopic.putIfAbsent(
                            TopicPattern.compile(route.topic()).filter().value(), table)
                    : null;
            if (earlier != null) {
                table.warning(
                        RouteSection.TOPIC,
                        "matches what the route at " + earlier.placeOf(RouteSection.TOPIC) + " has matched before",
                        "the first route counts");
            }
            routes.add(route);
        }
        return routes;
    }

    private List<SensorConfig> sensors() {
        List<TableReader> tables = many(SensorSection.SECTION);
        if (tables.isEmpty()) {
            return List.of();
        }
        List<SensorDriver> installed = drivers.get();
        List<SensorConfig> sensors = new ArrayList<>();
        Map<String, TableReader> byId = new HashMap<>();
        for (TableReader table : tables) {
            SensorSection.read(table, installed).ifPresent(sensors::add);
            table.find(SensorSection.ID).ifPresent(id -> {
                TableReader namesake = byId.putIfAbsent(id, table);
                if (namesake != null) {
                    table.error(
                            SensorSection.ID,
                            "is " + Node.quoted(id) + ", as at " + namesake.placeOf(SensorSection.ID),
                            "give each sensor an id of its own");
                }
            });
        }
        return sensors;
    }

    private TableReader single(Section section) {
        Node.Entry entry = root.entries().get(section.name());
        Node.Table table = Node.Table.empty(root.place());
        if (entry != null && entry.value() instanceof Node.Table present) {
            table = present;
        } else if (entry != null) {
            problems.error(
                    entry.keyPlace(),
                    section.name(),
                    "is " + entry.value().found(),
                    "there is one: write " + section.header() + " on a line of its own");
            problems.partial();
        }
        return new TableReader(section.name(), table, problems);
    }

    private List<TableReader> many(Section section) {
        return many(section, root.entries().get(section.name()));
    }

    private List<TableReader> many(Section section, Node.@Nullable Entry entry) {
        if (entry == null) {
            return List.of();
        }
        Function<Node, Optional<TableReader>> reader = node -> {
            if (node instanceof Node.Table table) {
                return Optional.of(new TableReader(section.name(), table, problems));
            }
            problems.error(
                    node.place(),
                    section.name(),
                    "is " + node.found(),
                    "there may be several: write " + section.header() + " above each");
            return Optional.empty();
        };
        if (entry.value() instanceof Node.Items(var _, List<Node> items)) {
            return items.stream().map(reader).flatMap(Optional::stream).toList();
        }
        problems.error(
                entry.keyPlace(),
                section.name(),
                "is " + entry.value().found(),
                "there may be several: write " + section.header() + " above each");
        return List.of();
    }
}
