package dev.edgegateway.gateway.uplink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edgegateway.broker.TopicFilter;
import dev.edgegateway.broker.TopicName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceNamespaceTest {
    private final DeviceNamespace pump = new DeviceNamespace(new DeviceAddress("pump", "p1"));
    private final DeviceNamespace other = new DeviceNamespace(new DeviceAddress("pump", "p12"));

    @ParameterizedTest
    @CsvSource({
        "iot-2/evt/flow/fmt/json, iot-2/type/pump/id/p1/evt/flow/fmt/json",
        "iot-2/cmd/stop/fmt/bin, iot-2/type/pump/id/p1/cmd/stop/fmt/bin",
        "iot-2, iot-2/type/pump/id/p1",
        "iot-2/, iot-2/type/pump/id/p1/",
        "iot-2//x, iot-2/type/pump/id/p1//x",
        "iot-2/type/pump/id/p12/evt/flow/fmt/json, iot-2/type/pump/id/p1/type/pump/id/p12/evt/flow/fmt/json",
        "iot-2/type/pump/id/p1/x, iot-2/type/pump/id/p1/type/pump/id/p1/x",
        "iotdevice-1/mgmt/manage, iotdevice-1/type/pump/id/p1/mgmt/manage",
        "iotdm-1/response, iotdm-1/type/pump/id/p1/response",
        "iot-22/evt, iot-22/evt",
        "iot-2x, iot-2x",
        "/iot-2/evt, /iot-2/evt",
        "IOT-2/evt, IOT-2/evt",
        "$SYS/x, $SYS/x",
        "häuser/küche, häuser/küche"
    })
    void aTopicGoesInAndComesOutAgain(String seen, String inner) {
        assertEquals(new TopicName(inner), pump.inward(new TopicName(seen)));
        assertEquals(new TopicName(seen), pump.outward(new TopicName(inner)));
        assertEquals(new TopicFilter(inner), pump.inward(new TopicFilter(seen)));
    }

    @ParameterizedTest
    @CsvSource({
        "iot-2/cmd/+/fmt/+, iot-2/type/pump/id/p1/cmd/+/fmt/+",
        "iot-2/#, iot-2/type/pump/id/p1/#",
        "iot-2/+/+/fmt/#, iot-2/type/pump/id/p1/+/+/fmt/#",
        "iotdm-1/#, iotdm-1/type/pump/id/p1/#",
        "#, #",
        "+/cmd/#, +/cmd/#"
    })
    void aFilterGoesIn(String seen, String inner) {
        assertEquals(new TopicFilter(inner), pump.inward(new TopicFilter(seen)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "iot-2/type/pump/id/p12/cmd/stop/fmt/json",
                "iot-2/type/pumpx/id/p1/cmd/stop/fmt/json",
                "iot-2/type/pump/id/p1x",
                "iot-2/evt/flow/fmt/json"
            })
    void topicsOfOthersAreShownAsTheyAre(String inner) {
        assertEquals(new TopicName(inner), pump.outward(new TopicName(inner)));
    }

    @Test
    void aCommandReachesItsDeviceAlone() {
        TopicName command = PlatformTopics.command(new DeviceAddress("pump", "p1"), "stop", "json");
        TopicFilter wide = new TopicFilter("iot-2/#");

        assertTrue(pump.inward(PlatformTopics.deviceCommands()).matches(command));
        assertFalse(other.inward(PlatformTopics.deviceCommands()).matches(command));
        assertFalse(other.inward(wide).matches(command));
        assertEquals(PlatformTopics.deviceCommand("stop", "json"), pump.outward(command));
    }

    @Test
    void aDeviceCannotSpeakForAnother() {
        TopicName forged = PlatformTopics.event(new DeviceAddress("pump", "p12"), "flow", "json");

        assertTrue(pump.inward(forged).value().startsWith("iot-2/type/pump/id/p1/type/"));
    }

    @Test
    void aTopicThatGetsTooLongIsRefused() {
        TopicName longest = new TopicName("iot-2/" + "x".repeat(65535 - 6));

        assertThrows(IllegalArgumentException.class, () -> pump.inward(longest));
    }
}
