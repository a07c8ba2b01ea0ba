package dev.edgegateway.gateway.uplink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edgegateway.broker.TopicName;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlatformTopicsTest {
    private static final DeviceAddress GATEWAY = new DeviceAddress("edge-gateway", "gw-001");
    private static final DeviceAddress PUMP = new DeviceAddress("pump", "p.1_A-z");

    private final PlatformTopics topics = new PlatformTopics(GATEWAY);

    @Test
    void everyTopicReadsAsThePlatformWantsIt() {
        assertEquals("g:abc123:edge-gateway:gw-001", PlatformTopics.gatewayClientId("abc123", GATEWAY));
        assertEquals(
                "iot-2/type/pump/id/p.1_A-z/evt/flow/fmt/json",
                PlatformTopics.event(PUMP, "flow", "json").value());
        assertEquals(
                "iot-2/type/pump/id/p.1_A-z/cmd/stop/fmt/bin",
                PlatformTopics.command(PUMP, "stop", "bin").value());
        assertEquals(
                "iot-2/type/edge-gateway/id/gw-001/evt/status/fmt/json",
                topics.ownStatus().value());
        assertEquals(
                "iot-2/type/edge-gateway/id/gw-001/cmd/+/fmt/+",
                topics.ownCommands().value());
        assertEquals(
                "iot-2/type/+/id/+/cmd/+/fmt/+", PlatformTopics.allCommands().value());
        assertEquals(
                "iot-2/type/edge-gateway/id/gw-001/notify",
                topics.notifications().value());
        assertEquals(
                "iot-2/evt/flow/fmt/json",
                PlatformTopics.deviceEvent("flow", "json").value());
        assertEquals(
                "iot-2/cmd/stop/fmt/json",
                PlatformTopics.deviceCommand("stop", "json").value());
        assertEquals("iot-2/cmd/+/fmt/+", PlatformTopics.deviceCommands().value());
    }

    @Test
    void aCommandTopicIsReadBackAsItWasMade() {
        TopicName topic = PlatformTopics.command(PUMP, "set limit", "größe");

        assertTrue(PlatformTopics.allCommands().matches(topic));
        assertEquals(
                Optional.of(new PlatformTopics.Command(PUMP, "set limit", "größe")),
                PlatformTopics.parseCommand(topic.value()));
        assertEquals(Optional.empty(), PlatformTopics.parseEvent(topic.value()));
    }

    @Test
    void anEventTopicIsReadBackAsItWasMade() {
        TopicName topic = PlatformTopics.event(PUMP, "evt", "fmt");

        assertEquals(
                Optional.of(new PlatformTopics.Event(PUMP, "evt", "fmt")), PlatformTopics.parseEvent(topic.value()));
        assertEquals(Optional.empty(), PlatformTopics.parseCommand(topic.value()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "iot-2/cmd/stop/fmt/json",
                "iot-2/type/pump/id/p1/cmd/stop/fmt",
                "iot-2/type/pump/id/p1/cmd/stop/fmt/",
                "iot-2/type/pump/id/p1/cmd//fmt/json",
                "iot-2/type/pump/id/p1/cmd/stop/fmt/json/",
                "iot-2/type/pump/id/p1/cmd/stop/fmt/json/more",
                "iot-2/type/pump/id//cmd/stop/fmt/json",
                "iot-2/type//id/p1/cmd/stop/fmt/json",
                "iot-2/type/pump/ID/p1/cmd/stop/fmt/json",
                "iot-2/type/pump/id/p1/cmd/stop/format/json",
                "iot-2/type/pümp/id/p1/cmd/stop/fmt/json",
                "iot-2/type/pump/id/p 1/cmd/stop/fmt/json",
                "iot-2/type/pump/id/1234567890123456789012345678901234567/cmd/stop/fmt/json",
                "iot-2/type/pump/id/p1/cmd/st\u0007op/fmt/json",
                "/iot-2/type/pump/id/p1/cmd/stop/fmt/json",
                "iot-2/type/",
                "$SYS",
                ""
            })
    void whatIsNotExactlyACommandTopicIsNotRead(String topic) {
        assertEquals(Optional.empty(), PlatformTopics.parseCommand(topic));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a/b", "+", "#", "a+", "a#b", "tab\t", "nul\0", "\uFFFE", "\uD800"})
    void anEventThatIsNotOneLevelIsRefused(String event) {
        assertThrows(IllegalArgumentException.class, () -> PlatformTopics.event(PUMP, event, "json"));
        assertThrows(IllegalArgumentException.class, () -> PlatformTopics.event(PUMP, "flow", event));
        assertThrows(IllegalArgumentException.class, () -> PlatformTopics.deviceEvent(event, "json"));
        assertThrows(IllegalArgumentException.class, () -> PlatformTopics.deviceCommand("stop", event));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a/b", "a:b", "ä", "+", "1234567890123456789012345678901234567", "a\n"})
    void anAddressThePlatformWouldNotTakeIsRefused(String part) {
        assertFalse(DeviceAddress.isValidPart(part));
        assertThrows(IllegalArgumentException.class, () -> new DeviceAddress(part, "id"));
        var refused = assertThrows(IllegalArgumentException.class, () -> new DeviceAddress("type", part));
        assertTrue(String.valueOf(refused.getMessage()).contains("1 to 36 characters"), refused.getMessage());
        assertFalse(String.valueOf(refused.getMessage()).contains("\n"));
    }

    @Test
    void thirtySixCharactersOfEveryKindAreAnAddress() {
        assertTrue(DeviceAddress.isValidPart("abcdefghijklmnopqrstuvwxyz0123456789"));
        assertTrue(DeviceAddress.isValidPart("ABCDEFGHIJKLMNOPQRSTUVWXYZ-_."));
    }
}
