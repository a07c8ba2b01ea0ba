package dev.edgegateway.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.edgegateway.broker.TopicFilter;
import dev.edgegateway.broker.TopicName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlatformNamespaceTest {
    private final PlatformNamespace device = PlatformNamespace.of(new ClientIdentity.Device("pump", "p1"));
    private final PlatformNamespace gateway = PlatformNamespace.of(new ClientIdentity.Gateway("edge", "gw1"));
    private final PlatformNamespace application = PlatformNamespace.of(new ClientIdentity.Application("app"));

    @ParameterizedTest
    @CsvSource({
        "iot-2/evt/flow/fmt/json, iot-2/type/pump/id/p1/evt/flow/fmt/json",
        "iot-2/cmd/stop/fmt/json, iot-2/type/pump/id/p1/cmd/stop/fmt/json",
        "iot-2/mon, iot-2/type/pump/id/p1/mon",
        "iot-2/notify, iot-2/type/pump/id/p1/notify",
        "iotdm-1/response, iotdm-1/type/pump/id/p1/response",
        "iotdevice-1/mgmt/manage, iotdevice-1/type/pump/id/p1/mgmt/manage",
        "iot-2/type/pump/id/p1/x, iot-2/type/pump/id/p1/type/pump/id/p1/x",
        "iot-2/, iot-2/type/pump/id/p1/",
        "iot-2, iot-2"
    })
    void aDevicesTopicGoesInAndComesOutAgain(String seen, String inner) {
        assertEquals(new TopicName(inner), device.inward(new TopicName(seen)));
        assertEquals(new TopicName(seen), device.outward(new TopicName(inner)));
    }

    @ParameterizedTest
    @CsvSource({
        "iot-2/cmd/+/fmt/+, iot-2/type/pump/id/p1/cmd/+/fmt/+",
        "iotdm-1/#, iotdm-1/type/pump/id/p1/#",
        "iot-2/mon, iot-2/type/pump/id/p1/mon"
    })
    void aDevicesFilterGoesIn(String seen, String inner) {
        assertEquals(new TopicFilter(inner), device.inward(new TopicFilter(seen)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "iot-2/type/pump/id/p12/cmd/stop/fmt/json",
                "iot-2/type/edge/id/p1/cmd/stop/fmt/json",
                "iot-2/app/app/mon"
            })
    void nothingOfOthersIsTakenForTheDevicesOwn(String inner) {
        assertEquals(new TopicName(inner), device.outward(new TopicName(inner)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"iot-2/type/pump/id/p1/evt/flow/fmt/json", "iot-2/type/edge/id/gw1/mon", "$SYS", "/"})
    void gatewaysAndApplicationsNameEveryoneInFull(String topic) {
        for (PlatformNamespace namespace : new PlatformNamespace[] {gateway, application}) {
            assertEquals(new TopicName(topic), namespace.inward(new TopicName(topic)));
            assertEquals(new TopicName(topic), namespace.outward(new TopicName(topic)));
            assertEquals(new TopicFilter(topic), namespace.inward(new TopicFilter(topic)));
        }
    }

    @Test
    void theShortMonitoringFilterOfAGatewayIsItsOwn() {
        assertEquals(new TopicFilter("iot-2/type/edge/id/gw1/mon"), gateway.inward(new TopicFilter("iot-2/mon")));
    }
}
