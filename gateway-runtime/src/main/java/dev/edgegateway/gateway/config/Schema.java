package dev.edgegateway.gateway.config;

import java.util.List;

/** The tables of the file. */
final class Schema {
    /** In the order of the reference. */
    static final List<Section> SECTIONS = List.of(
            GatewaySection.SECTION,
            ListenerSection.SECTION,
            AccessSection.SECTION,
            AccessSection.RULE,
            QueueSection.SECTION,
            UplinkSection.SECTION,
            RouteSection.SECTION,
            SensorSection.SECTION,
            BrokerSection.SECTION);

    private Schema() {}

    /** Of the tables that stand by themselves; {@code access.rule} stands in {@code access}. */
    static List<String> names() {
        return SECTIONS.stream()
                .map(Section::name)
                .filter(name -> name.indexOf('.') < 0)
                .toList();
    }
}
