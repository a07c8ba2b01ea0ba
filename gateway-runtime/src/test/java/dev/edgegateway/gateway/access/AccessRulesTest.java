package dev.edgegateway.gateway.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edgegateway.broker.Authorizer.PublishVerdict;
import dev.edgegateway.broker.Authorizer.SubscribeVerdict;
import dev.edgegateway.broker.ClientInfo;
import dev.edgegateway.broker.Message;
import dev.edgegateway.broker.Namespace;
import dev.edgegateway.broker.Qos;
import dev.edgegateway.broker.TopicFilter;
import dev.edgegateway.broker.TopicName;
import dev.edgegateway.gateway.access.AccessRule.Action;
import dev.edgegateway.gateway.uplink.DeviceAddress;
import dev.edgegateway.gateway.uplink.DeviceNamespace;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessRulesTest {
    private static final ClientInfo ALICE = client("closed", "c1", "alice");
    private static final ClientInfo BOB = client("closed", "c2", "bob");
    private static final ClientInfo NOBODY = client("open", "c3", null);
    private static final ClientInfo DEVICE = device("closed");
    private static final ClientInfo OPEN_DEVICE = device("open");

    private static ClientInfo client(String listener, String clientId, @Nullable String user) {
        return new ClientInfo(clientId, user, listener, "/192.0.2.1:1", 4, true, Namespace.PLAIN, Instant.EPOCH);
    }

    private static ClientInfo device(String listener) {
        return new ClientInfo(
                "d:org001:pump:p1",
                "use-token-auth",
                listener,
                "/192.0.2.1:2",
                4,
                true,
                new DeviceNamespace(new DeviceAddress("pump", "p1")),
                Instant.EPOCH);
    }

    private static AccessRules rules(AccessRule... rules) {
        return new AccessRules(new AccessRules.Setting(List.of(rules), Set.of("open"), true, Set.of("plant/board")));
    }

    private static AccessRule rule(List<String> users, String topic, boolean allow, Action... actions) {
        return new AccessRule(users, List.of(), List.of(), topic, allow, EnumSet.copyOf(List.of(actions)));
    }

    private static AccessRule allow(String topic, Action... actions) {
        return rule(List.of(), topic, true, actions);
    }

    private static AccessRule deny(String topic, Action... actions) {
        return rule(List.of(), topic, false, actions);
    }

    private static boolean publishes(AccessRules rules, ClientInfo client, String topic) {
        TopicName name = new TopicName(topic);
        PublishVerdict first = rules.onPublish(client, name, new Message(name, new byte[0], Qos.AT_MOST_ONCE, false));
        assertEquals(
                first,
                rules.onPublish(client, name, new Message(name, new byte[0], Qos.AT_MOST_ONCE, false)),
                "the same again");
        return first == PublishVerdict.ALLOW;
    }

    private static boolean subscribes(AccessRules rules, ClientInfo client, String filter) {
        return rules.onSubscribe(client, List.of(new TopicFilter(filter))).equals(List.of(SubscribeVerdict.GRANT));
    }

    private static boolean receives(AccessRules rules, ClientInfo client, String topic) {
        boolean first = rules.mayReceive(client, new TopicName(topic));
        assertEquals(first, rules.mayReceive(client, new TopicName(topic)), "the same again");
        return first;
    }

    @ParameterizedTest
    @CsvSource({
        "plant/a, true, true",
        "$SYS/broker/uptime, false, true",
        "iot-2/evt/x/fmt/json, true, true",
        "iot-2/types, true, true",
        "edge-gateway/other, true, true",
        "iot-2/type/pump/id/p1/evt/x/fmt/json, false, false",
        "iot-2/type, false, false",
        "iotdevice-1/mgmt/manage, false, false",
        "iotdm-1/response, false, false",
        "edge-gateway/status, false, false",
        "edge-gateway/sensors/board, false, false",
        "plant/board, false, false",
        "plant/board/x, false, false",
    })
    void withoutRulesEverythingIsOpenButWhatIsSpokenFor(String topic, boolean named, boolean anonymous) {
        assertEquals(named, publishes(rules(), ALICE, topic));
        assertEquals(anonymous, publishes(rules(), NOBODY, topic));
    }

    @Test
    void withoutRulesOnlyWhoHasANameIsKeptFromTheTopicsOfTheSystem() {
        assertTrue(subscribes(rules(), ALICE, "#"));
        assertTrue(subscribes(rules(), ALICE, "iot-2/type/+/id/+/evt/+/fmt/+"), "listening to devices is open");
        assertFalse(subscribes(rules(), ALICE, "$SYS/#"));
        assertTrue(subscribes(rules(), NOBODY, "$SYS/#"));
        assertTrue(subscribes(rules(), OPEN_DEVICE, "$SYS/#"));
        assertFalse(subscribes(rules(), DEVICE, "$SYS/#"));
    }

    @Test
    void withRulesWhoHasANameMayDoWhatARuleAllows() {
        AccessRules rules = rules(
                rule(List.of("alice"), "plant/#", true, Action.PUBLISH, Action.SUBSCRIBE),
                rule(List.of("b*"), "plant/1/+", true, Action.SUBSCRIBE));

        assertTrue(publishes(rules, ALICE, "plant/x"));
        assertFalse(publishes(rules, ALICE, "other"));
        assertTrue(subscribes(rules, ALICE, "plant/#"));
        assertFalse(subscribes(rules, ALICE, "#"));
        assertFalse(publishes(rules, BOB, "plant/1/x"));
        assertTrue(subscribes(rules, BOB, "plant/1/+"));
        assertFalse(subscribes(rules, BOB, "plant/1/#"));
        assertTrue(receives(rules, BOB, "plant/1/x"));
        assertFalse(receives(rules, BOB, "plant/2/x"));
        assertTrue(publishes(rules, NOBODY, "other"), "an open listener stays open where no rule says otherwise");
    }

    @Test
    void theFirstRuleThatFitsCounts() {
        AccessRules rules = rules(
                deny("plant/secret/#", Action.PUBLISH),
                allow("plant/#", Action.PUBLISH),
                deny("plant/x", Action.PUBLISH),
                deny("#", Action.PUBLISH));

        assertFalse(publishes(rules, ALICE, "plant/secret/x"));
        assertTrue(publishes(rules, ALICE, "plant/x"));
        assertFalse(publishes(rules, NOBODY, "plant/secret"));
        assertFalse(publishes(rules, NOBODY, "elsewhere"));
    }

    @Test
    void aSubscriptionThatCouldBringWhatIsDeniedIsRefused() {
        AccessRules rules = rules(deny("plant/secret/#", Action.SUBSCRIBE), allow("#", Action.SUBSCRIBE));

        assertTrue(subscribes(rules, ALICE, "plant/1/#"));
        assertFalse(subscribes(rules, ALICE, "plant/secret/x"));
        assertFalse(subscribes(rules, ALICE, "plant/+/x"));
        assertFalse(subscribes(rules, ALICE, "#"));
        assertFalse(subscribes(rules, NOBODY, "#"));
    }

    @Test
    void aSubscriptionThatCouldBringWhatMayNotBeReceivedIsRefused() {
        AccessRules rules = rules(deny("plant/secret/#", Action.RECEIVE), allow("#", Action.SUBSCRIBE));

        assertFalse(subscribes(rules, ALICE, "#"));
        assertTrue(subscribes(rules, ALICE, "plant/1/#"));
        assertFalse(receives(rules, ALICE, "plant/secret/x"));
        assertTrue(receives(rules, ALICE, "plant/1"));
    }

    @Test
    void aRuleThatAllowsTheFirstOfTwoDeniedThingsComesFirst() {
        AccessRules rules = rules(
                rule(List.of("alice"), "plant/#", true, Action.SUBSCRIBE), deny("plant/secret/#", Action.SUBSCRIBE));

        assertTrue(subscribes(rules, ALICE, "plant/#"));
        assertFalse(subscribes(rules, NOBODY, "plant/#"));
    }

    @Test
    void placeholdersGiveEachClientItsOwn() {
        AccessRules rules =
                rules(allow("users/%u/#", Action.PUBLISH, Action.SUBSCRIBE), allow("clients/%c", Action.PUBLISH));

        assertTrue(publishes(rules, ALICE, "users/alice/x"));
        assertFalse(publishes(rules, ALICE, "users/bob/x"));
        assertFalse(publishes(rules, ALICE, "users/%u/x"));
        assertTrue(publishes(rules, ALICE, "clients/c1"));
        assertFalse(publishes(rules, ALICE, "clients/c2"));
        assertTrue(subscribes(rules, BOB, "users/bob/#"));
        assertFalse(subscribes(rules, BOB, "users/+/#"));
        assertFalse(publishes(rules, client("closed", "c", "+"), "users/x/y"));
        assertFalse(subscribes(rules, client("closed", "c", "#"), "users/#"));
    }

    @Test
    void rulesAreForUsersClientsAndListeners() {
        AccessRules rules = rules(
                new AccessRule(
                        List.of(), List.of("c2", "x*"), List.of(), "by/client", true, EnumSet.of(Action.PUBLISH)),
                new AccessRule(List.of("*"), List.of(), List.of(), "by/name", true, EnumSet.of(Action.PUBLISH)),
                new AccessRule(
                        List.of(), List.of(), List.of("open"), "by/listener", false, EnumSet.of(Action.PUBLISH)));

        assertTrue(publishes(rules, BOB, "by/client"));
        assertFalse(publishes(rules, ALICE, "by/client"));
        assertTrue(publishes(rules, ALICE, "by/name"));
        assertFalse(publishes(rules, DEVICE, "by/name"));
        assertFalse(publishes(rules, NOBODY, "by/listener"));
    }

    @Test
    void aNameNobodyCheckedMeansNothing() {
        AccessRules unchecked = new AccessRules(new AccessRules.Setting(
                List.of(rule(List.of("admin"), "plant/#", true, Action.PUBLISH), deny("plant/#", Action.PUBLISH)),
                Set.of("open"),
                false,
                Set.of()));

        assertFalse(publishes(unchecked, client("open", "c", "admin"), "plant/x"));
    }

    @Test
    void aDevicesOwnTopicsAreAlwaysItsOwn() {
        AccessRules rules = rules(allow("shared/#", Action.PUBLISH));

        for (ClientInfo device : List.of(DEVICE, OPEN_DEVICE)) {
            assertTrue(publishes(rules, device, "iot-2/evt/flow/fmt/json"));
            assertTrue(publishes(rules, device, "iot-2/type/x"), "which is below its own root");
            assertTrue(publishes(rules, device, "iotdevice-1/mgmt/manage"));
            assertTrue(subscribes(rules, device, "iot-2/cmd/+/fmt/+"));
            assertTrue(receives(rules, device, "iot-2/cmd/stop/fmt/json"));
            assertFalse(publishes(rules, device, "edge-gateway/status"));
        }
        assertTrue(publishes(rules, DEVICE, "shared/x"));
        assertFalse(publishes(rules, DEVICE, "other/x"));
        assertFalse(subscribes(rules, DEVICE, "#"));
    }

    @Test
    void aRuleMayTakeEvenItsOwnTopicsFromADevice() {
        AccessRules rules = rules(deny("iot-2/evt/debug/#", Action.PUBLISH));

        assertFalse(publishes(rules, DEVICE, "iot-2/evt/debug/fmt/json"));
        assertTrue(publishes(rules, DEVICE, "iot-2/evt/flow/fmt/json"));
    }

    @Test
    void onlyARuleThatNamesThemOpensTheTopicsOthersSpeakOn() {
        AccessRules wide = rules(allow("#", Action.PUBLISH), allow("+/status", Action.PUBLISH));
        AccessRules exact =
                rules(rule(List.of("alice"), "iot-2/type/#", true, Action.PUBLISH), allow("#", Action.PUBLISH));

        assertFalse(publishes(wide, ALICE, "iot-2/type/pump/id/p1/evt/x/fmt/json"));
        assertFalse(publishes(wide, ALICE, "edge-gateway/status"));
        assertTrue(publishes(exact, ALICE, "iot-2/type/pump/id/p1/evt/x/fmt/json"));
        assertFalse(publishes(exact, BOB, "iot-2/type/pump/id/p1/evt/x/fmt/json"));
        assertFalse(publishes(exact, ALICE, "edge-gateway/status"));
    }

    @Test
    void moreTopicsThanAreKeptAreDecidedRightAllTheSame() {
        AccessRules rules = rules(deny("plant/+/odd", Action.PUBLISH), allow("plant/#", Action.PUBLISH));
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 500; i++) {
                assertFalse(publishes(rules, ALICE, "plant/" + i + "/odd"));
                assertTrue(publishes(rules, ALICE, "plant/" + i + "/even"));
            }
        }
        assertEquals(3 * 500 * 2, rules.denied());
    }

    @Test
    void givingUpASubscriptionIsAlwaysAllowed() {
        assertTrue(rules(deny("#", Action.SUBSCRIBE)).onUnsubscribe(ALICE, List.of(new TopicFilter("a"))));
    }

    @Test
    void everyFilterOfAPacketGetsItsOwnVerdict() {
        AccessRules rules = rules(allow("a/#", Action.SUBSCRIBE));

        assertEquals(
                List.of(SubscribeVerdict.GRANT, SubscribeVerdict.REFUSE, SubscribeVerdict.GRANT),
                rules.onSubscribe(
                        ALICE, List.of(new TopicFilter("a/b"), new TopicFilter("b"), new TopicFilter("a/#"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a/#/b", "a+", "#a"})
    void aRuleWithoutATopicFilterIsRefused(String topic) {
        assertThrows(IllegalArgumentException.class, () -> allow(topic, Action.PUBLISH));
    }
}
