package dev.edgegateway.gateway.uplink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edgegateway.broker.TopicFilter;
import dev.edgegateway.gateway.uplink.Destination.To;
import dev.edgegateway.gateway.uplink.Destination.Unroutable;
import dev.edgegateway.gateway.uplink.Route.DeviceEvent;
import dev.edgegateway.gateway.uplink.Route.Direction;
import dev.edgegateway.gateway.uplink.Route.RemoteTopic;
import dev.edgegateway.gateway.uplink.Route.SameTopic;
import java.util.List;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.internal.wire.MqttPublish;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoutesTest {
    private static final String PUMP_FLOW = "iot-2/type/pump/id/p1/evt/flow/fmt/json";

    @Test
    void eventsOfLanDevicesGoUpUnchangedWithoutARoute() {
        assertEquals(
                new To(PUMP_FLOW, Route.AS_PUBLISHED), Routes.iot2(List.of()).destination(PUMP_FLOW));
        assertEquals(Destination.STAYS, Routes.mqtt(List.of()).destination(PUMP_FLOW));
    }

    @Test
    void noRouteStandsInTheWayOfALanDevice() {
        Routes routes = Routes.iot2(List.of(event("{a}/{b}/{c}/{d}/{e}/{f}/{g}/{h}/{i}", "x", "y", "z", "json", 0)));

        assertEquals(new To(PUMP_FLOW, Route.AS_PUBLISHED), routes.destination(PUMP_FLOW));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "iot-2/type/pump/id/p1/evt/flow",
                "iot-2/type/pump/id/p1/evt/flow/fmt/",
                "iot-2/type/pump/id/p1/evt//fmt/json",
                "iot-2/type/pump/id/p1/evt/flow/fmt/json/x",
                "iot-2/type/pümp/id/p1/evt/flow/fmt/json",
                "iot-2/type/pump/id/p\u00011/evt/flow/fmt/json"
            })
    void aMalformedEventIsADropAndIsCounted(String topic) {
        Routes routes = Routes.iot2(List.of());

        assertInstanceOf(Unroutable.class, routes.destination(topic));
        assertInstanceOf(Unroutable.class, routes.destination(topic));
        assertEquals(2, routes.unroutable());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "iot-2/type/pump/id/p1/cmd/stop/fmt/json",
                "iot-2/type/pump/id/p1/notify",
                "iot-2/evt/flow/fmt/json",
                "$SYS/broker/uptime",
                "/",
                "edge-gateway/status"
            })
    void whatNoRouteNamesStaysHere(String topic) {
        Routes routes =
                Routes.iot2(List.of(event("sensors/{device}/{event}", "sensor", "{device}", "{event}", "json", 1)));

        assertEquals(Destination.STAYS, routes.destination(topic));
        assertEquals(0, routes.unroutable());
    }

    @Test
    void aRouteMakesAnEventFromItsCaptures() {
        Routes routes = Routes.iot2(
                List.of(event("site/{line}/{device}/{event}", "line-{line}", "{line}.{device}", "{event}", "txt", 1)));

        assertEquals(
                new To("iot-2/type/line-7/id/7.p1/evt/temp °C/fmt/txt", 1), routes.destination("site/7/p1/temp °C"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sensors/a b/temp",
                "sensors//temp",
                "sensors/t1/",
                "sensors/1234567890123456789012345678901234567/temp",
                "sensors/t:1/temp",
                "sensors/ü/temp",
                "sensors/t1/\uFFFF",
                "sensors/t1/\u0085"
            })
    void valuesThePlatformWouldNotTakeAreDroppedAndCounted(String topic) {
        Routes routes =
                Routes.iot2(List.of(event("sensors/{device}/{event}", "sensor", "{device}", "{event}", "json", 1)));

        Unroutable refused = assertInstanceOf(Unroutable.class, routes.destination(topic));

        assertTrue(refused.why().length() > 20, refused.why());
        assertEquals(1, routes.unroutable());
    }

    @Test
    void theFirstRouteThatNamesTheTopicDecides() {
        Routes routes = Routes.mqtt(List.of(
                Route.up("a/special", new RemoteTopic("x"), 2),
                Route.up("a/+", new SameTopic("wide/"), 1),
                Route.up("a/#", new SameTopic(""), 0)));

        assertEquals(new To("x", 2), routes.destination("a/special"));
        assertEquals(new To("wide/a/b", 1), routes.destination("a/b"));
        assertEquals(new To("a/b/c", 0), routes.destination("a/b/c"));
        assertEquals(new To("a", 0), routes.destination("a"));
        assertEquals(Destination.STAYS, routes.destination("b"));
    }

    @Test
    void anUnroutableTopicDoesNotFallThroughToTheNextRoute() {
        Routes routes = Routes.iot2(List.of(
                event("s/{device}/+", "sensor", "{device}", "e", "json", 1),
                event("s/#", "any", "any", "e", "json", 1)));

        assertInstanceOf(Unroutable.class, routes.destination("s/not ok/x"));
    }

    @Test
    void aLevelThatIsNotSetIsTheOneOfTheMessage() {
        assertEquals(2, new To("x", Route.AS_PUBLISHED).qosOr(2));
        assertEquals(1, new To("x", 1).qosOr(2));
        assertEquals(0, new To("x", 0).qosOr(2));
    }

    @Test
    void wildcardRoutesDoNotTouchTopicsOfTheBrokerItself() {
        Routes routes = Routes.mqtt(List.of(Route.up("#", new SameTopic(""), 0)));

        assertEquals(Destination.STAYS, routes.destination("$SYS/x"));
        assertEquals(new To("/", 0), routes.destination("/"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a/\u0001", "a/\u007F", "a/\uFDD0", "a/\uFF21", "a/\uFFFF", "a/😀", "a/\uD800", "a/\uDC00x"})
    void charactersThatMakeABrokerOrTheClientLibraryHangUpAreNeverSent(String topic) {
        Routes routes = Routes.mqtt(List.of(Route.up("#", new SameTopic(""), 0)));

        assertInstanceOf(Unroutable.class, routes.destination(topic));
    }

    @Test
    void everyCharacterThatIsSentIsOneTheClientLibraryTakes() throws Exception {
        for (char c = 0; c < Character.MAX_VALUE; c++) {
            String topic = "a" + c;
            if (Publishable.hasOnlySafeCharacters(topic)) {
                new MqttPublish(topic, new MqttMessage()).getHeader();
            }
        }
    }

    @Test
    void everyOtherCharacterIsSent() {
        Routes routes = Routes.mqtt(List.of(Route.up("#", new SameTopic("p/"), 0)));

        assertEquals(new To("p/ /東京/é{}~/\"\\", 0), routes.destination(" /東京/é{}~/\"\\"));
    }

    @Test
    void aTopicThatGetsTooLongOrEmptyIsADrop() {
        Routes routes = Routes.mqtt(
                List.of(Route.up("x/{a}", new RemoteTopic("{a}"), 0), Route.up("#", new SameTopic("prefix/"), 0)));

        assertInstanceOf(Unroutable.class, routes.destination("x/"));
        assertInstanceOf(Unroutable.class, routes.destination("y".repeat(65535)));
        assertEquals(2, routes.unroutable());
    }

    @Test
    void aRememberedAnswerIsTheSameObject() {
        Routes routes = Routes.mqtt(List.of(Route.up("#", new SameTopic("p/"), 0)));

        Destination first = routes.destination("a/b");

        assertSame(first, routes.destination(new String(new char[] {'a', '/', 'b'})));
    }

    @Test
    void whatIsRememberedIsBounded() {
        Routes routes = Routes.mqtt(List.of(Route.up("#", new SameTopic("p/"), 0)));
        Destination kept = routes.destination("kept");
        Destination left = routes.destination("left");
        for (int i = 0; i < Routes.MAX_REMEMBERED - 1; i++) {
            assertEquals(new To("p/t/" + i, 0), routes.destination("t/" + i));
            assertSame(kept, routes.destination("kept"));
        }
        assertNotSame(left, routes.destination("left"));
        assertEquals(left, routes.destination("left"));

        String huge = "h".repeat(Routes.MAX_REMEMBERED_LENGTH + 1);
        assertNotSame(routes.destination(huge), routes.destination(huge));
    }

    @Test
    void downwardsAPrefixIsTakenOff() {
        Routes routes = Routes.mqtt(List.of(new Route("cmd/#", new SameTopic("site1/"), Direction.BOTH, 1)));

        assertEquals(List.of(new TopicFilter("site1/cmd/#")), routes.downlinkFilters());
        assertEquals(new To("cmd/a/b", Route.AS_PUBLISHED), routes.localDestination("site1/cmd/a/b"));
        assertEquals(new To("site1/cmd/a/b", 1), routes.destination("cmd/a/b"));
        assertEquals(Destination.STAYS, routes.localDestination("other/cmd/a"));
    }

    @Test
    void downwardsNothingIsPublishedThatTheLocalTopicDoesNotName() {
        Routes routes = Routes.mqtt(List.of(new Route("#", new SameTopic("site1/"), Direction.DOWN, 1)));

        assertInstanceOf(Unroutable.class, routes.localDestination("site1"));
        assertInstanceOf(Unroutable.class, routes.localDestination("site1/"));
        assertInstanceOf(Unroutable.class, routes.localDestination("site1/$SYS/x"));
        assertEquals(Destination.STAYS, routes.destination("anything"));
    }

    @Test
    void downwardsATemplateIsReadBackwards() {
        Routes routes = Routes.mqtt(
                List.of(new Route("act/{device}/{what}", new RemoteTopic("{what}/of/{device}"), Direction.BOTH, 1)));

        assertEquals(List.of(new TopicFilter("+/of/+")), routes.downlinkFilters());
        assertEquals(new To("act/p1/stop", Route.AS_PUBLISHED), routes.localDestination("stop/of/p1"));
        assertEquals(new To("stop/of/p1", 1), routes.destination("act/p1/stop"));
    }

    @Test
    void aRouteThatCannotWorkIsNamedWithTheReason() {
        assertEquals(
                "route 's/{device}': 'x/{devise}' uses {devise}, but the topic captures {device}",
                mqttError(Route.up("s/{device}", new RemoteTopic("x/{devise}"), 0)));
        assertEquals(
                "route 's/#': remote_prefix 'site1' must end with '/'",
                mqttError(Route.up("s/#", new SameTopic("site1"), 0)));
        assertEquals(
                "route 's': profile mqtt wants a remote_prefix or a remote_topic",
                mqttError(event("s", "a", "b", "c", "json", 0)));
        assertEquals("route 's': remote_topic is empty", mqttError(Route.up("s", new RemoteTopic(""), 0)));
        assertTrue(mqttError(Route.up("s", new RemoteTopic("a/#"), 0)).contains("wildcard #"));
        assertTrue(mqttError(Route.up("s/{a}", new SameTopic("{a}/"), 0)).contains("remote_topic can"));
        assertTrue(mqttError(new Route("s/+", new RemoteTopic("r"), Direction.DOWN, 0))
                .contains("without a name"));
        assertTrue(mqttError(new Route("s/{a}", new RemoteTopic("r"), Direction.DOWN, 0))
                .contains("every capture"));
        assertTrue(mqttError(new Route("s/{a}", new RemoteTopic("r-{a}"), Direction.DOWN, 0))
                .contains("whole level"));
        assertEquals(
                "route 's': profile iot-2 wants type, device and event",
                iot2Error(Route.up("s", new SameTopic(""), 0)));
        assertEquals(
                "route 's': direction 'both' has no meaning with profile iot-2: commands come down without a route",
                iot2Error(new Route("s", new DeviceEvent("a", "b", "c", "json"), Direction.BOTH, 0)));
        assertThrows(IllegalArgumentException.class, () -> Route.up("s", new SameTopic(""), 3));
    }

    private static String mqttError(Route route) {
        return String.valueOf(assertThrows(IllegalArgumentException.class, () -> Routes.mqtt(List.of(route)))
                .getMessage());
    }

    private static String iot2Error(Route route) {
        return String.valueOf(assertThrows(IllegalArgumentException.class, () -> Routes.iot2(List.of(route)))
                .getMessage());
    }

    private static Route event(String topic, String type, String device, String event, String format, int qos) {
        return Route.up(topic, new DeviceEvent(type, device, event, format), qos);
    }
}
