package dev.edgegateway.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopicRulesTest {
    private static final ClientIdentity DEVICE = new ClientIdentity.Device("pump", "p1");
    private static final ClientIdentity GATEWAY = new ClientIdentity.Gateway("edge", "gw1");
    private static final ClientIdentity APPLICATION = new ClientIdentity.Application("app");

    /** For each class in turn (device, gateway, application) whether it may: y or n. */
    @ParameterizedTest
    @CsvSource({
        "iot-2/evt/flow/fmt/json, ynn",
        "iot-2/evt/flow/fmt/, nnn",
        "iot-2/evt//fmt/json, nnn",
        "iot-2/evt/flow/fmt/json/, nnn",
        "iot-2/evt/flow, nnn",
        "iot-2/evt/flow/fmt/json/x, nnn",
        "iot-2/cmd/stop/fmt/json, nnn",
        "iotdevice-1/response, ynn",
        "iotdevice-1/notify, ynn",
        "iotdevice-1/device/update/location, ynn",
        "iotdevice-1/device/update/a/b, nnn",
        "iotdevice-1/add/diag/errorCodes, ynn",
        "iotdevice-1/clear/diag/log, ynn",
        "iotdevice-1/mgmt/manage, ynn",
        "iotdevice-1/mgmt/custom/a, nnn",
        "iotdm-1/response, nnn",
        "iot-2/type/pump/id/p1/evt/flow/fmt/json, nyy",
        "iot-2/type/pump/id/p1/evt/flow/fmt, nnn",
        "iot-2/type/pump/id//evt/flow/fmt/json, nnn",
        "iot-2/type/pump/id/p1/evt/flow/format/json, nnn",
        "iot-2/type/pump/id/p1/cmd/stop/fmt/json, nny",
        "iot-2/type/pump/id/p1/notify, nnn",
        "iot-2/type/pump/id/p1/mon, nnn",
        "iot-2/app/app/mon, nnn",
        "iotdevice-1/type/pump/id/p1/mgmt/manage, nyn",
        "iotdevice-1/type/pump/id/p1/add/diag/log, nyn",
        "iotdevice-1/type/pump/id/p1/response, nyn",
        "iotdm-1/type/pump/id/p1/response, nnn",
        "$SYS/x, nnn",
        "iot-2, nnn",
        "/, nnn",
        "sensors/a, nnn"
    })
    void eachClassPublishesWhatIsItsOwn(String topic, String may) {
        assertEquals(may, flag(DEVICE, topic, true) + flag(GATEWAY, topic, true) + flag(APPLICATION, topic, true));
    }

    @ParameterizedTest
    @CsvSource({
        "iot-2/cmd/+/fmt/+, ynn",
        "iot-2/cmd/stop/fmt/json, ynn",
        "iot-2/cmd/#, nnn",
        "iot-2/cmd/+/fmt/#, nnn",
        "iot-2/cmd/+/+/+, nnn",
        "iot-2/+/stop/fmt/json, nnn",
        "iot-2/cmd//fmt/json, nnn",
        "iot-2/mon, yyn",
        "iot-2/notify, ynn",
        "iotdm-1/#, yyn",
        "iotdm-1/response, yyn",
        "iotdm-1/type/edge/id/gw1/#, yyn",
        "iotdm-1/mgmt/+/device/#, yyn",
        "iotdm-1, nnn",
        "iotdm-2/#, nnn",
        "iotdevice-1/#, nnn",
        "iot-2/type/+/id/+/cmd/+/fmt/+, nyy",
        "iot-2/type/pump/id/p1/cmd/stop/fmt/json, nyy",
        "iot-2/type/+/id/+/evt/+/fmt/+, nny",
        "iot-2/type/+/id/+/evt/+/fmt/#, nnn",
        "iot-2/type/+/id/+/notify, nyn",
        "iot-2/type/+/id/+/response, nyn",
        "iot-2/type/+/id/+/mon, nyy",
        "iot-2/app/+/mon, nny",
        "iot-2/type/+/id/+/+, nnn",
        "iot-2/type/+/id/#, nnn",
        "iot-2/#, nnn",
        "#, nnn",
        "+/type/+/id/+/mon, nnn",
        "$share/g/iot-2/type/+/id/+/evt/+/fmt/+, nnn"
    })
    void eachClassSubscribesToWhatIsItsOwn(String filter, String may) {
        assertEquals(
                may, flag(DEVICE, filter, false) + flag(GATEWAY, filter, false) + flag(APPLICATION, filter, false));
    }

    @Test
    void controlCharactersAreNeverValid() {
        TopicRules rules = TopicRules.of(DEVICE);

        assertTrue(rules.mayPublish("iot-2/evt/größe 😀/fmt/json"));
        assertFalse(rules.mayPublish("iot-2/evt/a\u0001/fmt/json"));
        assertFalse(rules.mayPublish("iot-2/evt/a\u0085/fmt/json"));
        assertFalse(rules.maySubscribe("iot-2/cmd/a\t/fmt/json"));
    }

    @Test
    void aTopicLeavesRoomForTheDevicesName() {
        TopicRules rules = TopicRules.of(DEVICE);
        String longest = "iot-2/evt/" + "x".repeat(65535 - 128 - 19) + "/fmt/json";

        assertTrue(rules.mayPublish(longest));
        assertFalse(rules.mayPublish(longest + "x"));
        assertFalse(rules.mayPublish("iot-2/evt/" + "ü".repeat(40000) + "/fmt/json"));
    }

    private static String flag(ClientIdentity identity, String topic, boolean publish) {
        TopicRules rules = TopicRules.of(identity);
        return (publish ? rules.mayPublish(topic) : rules.maySubscribe(topic)) ? "y" : "n";
    }
}
