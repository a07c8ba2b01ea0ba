package dev.edgegateway.gateway.config;

import java.util.List;

/** The tables of the file. */
final class Schema {
    /** In the order of the reference. */
    static final List<Section> SECTIONS = List.of(
            GatewaySection.SECTION,
            ListenerSection.SECTION,
            QueueSection.SECTION,
            UplinkSection.SECTION,
            RouteSection.SECTION,
            SensorSection.SECTION,
            BrokerSection.SECTION);

    private Schema() {}

    static List<String> names() {
        return SECTIONS.stream().map(Section::name).toList();
    }
}
