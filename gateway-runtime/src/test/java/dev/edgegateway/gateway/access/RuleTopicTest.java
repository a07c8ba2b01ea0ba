package dev.edgegateway.gateway.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edgegateway.broker.TopicFilter;
import dev.edgegateway.broker.TopicName;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleTopicTest {
    /** Every topic of up to three of these levels; enough to tell filters of up to two levels apart. */
    private static List<String> texts(int levels, String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        List<String> last = all;
        for (int i = 1; i < levels; i++) {
            List<String> longer = new ArrayList<>();
            for (String start : last) {
                for (String word : words) {
                    longer.add(start + "/" + word);
                }
            }
            all = new ArrayList<>(all);
            all.addAll(longer);
            last = longer;
        }
        return all;
    }

    private static List<String> filters() {
        return texts(3, "a", "$x", "", "+", "#").stream()
                .filter(text -> !text.isEmpty() && (text.indexOf('#') < 0 || text.indexOf('#') == text.length() - 1))
                .toList();
    }

    private static List<TopicName> topics() {
        return texts(4, "a", "b", "$x", "").stream()
                .filter(text -> !text.isEmpty())
                .map(TopicName::new)
                .toList();
    }

    @Test
    void aRuleMatchesWhatASubscriptionWouldMatch() {
        for (String filter : filters()) {
            TopicFilter reference = new TopicFilter(filter);
            RuleTopic rule = RuleTopic.compile(filter);
            for (TopicName topic : topics()) {
                assertEquals(reference.matches(topic), rule.matches(topic.value()), filter + " and " + topic);
            }
        }
    }

    @Test
    void coveringAndOverlappingAreWhatTheSetsOfTopicsSay() {
        List<TopicName> topics = topics();
        for (String one : filters()) {
            TopicFilter first = new TopicFilter(one);
            RuleTopic rule = RuleTopic.compile(one);
            for (String other : filters()) {
                TopicFilter second = new TopicFilter(other);
                boolean covers = true;
                boolean overlaps = false;
                for (TopicName topic : topics) {
                    boolean asked = second.matches(topic);
                    covers &= !asked || first.matches(topic);
                    overlaps |= asked && first.matches(topic);
                }
                // "/#" also names the topic above it, which is empty and so cannot be published to.
                if (!one.equals("/#") && !other.equals("/#")) {
                    assertEquals(overlaps, rule.overlaps(other), one + " overlaps " + other);
                }
                assertTrue(rule.overlaps(other) || !overlaps, one + " overlaps " + other);
                assertTrue(covers || !rule.covers(other), one + " does not cover " + other);
                if (other.indexOf('#') < 0) {
                    assertEquals(covers, rule.covers(other), one + " covers " + other);
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "#, a/b/#, true",
        "#, #, true",
        "a/#, a, true",
        "a/#, a/#, true",
        "a/#, a/+/c, true",
        "a/+, a/#, false",
        "a/+, a/+, true",
        "a/b, a/+, false",
        "+/#, #, false",
        "#, $SYS/#, false",
        "$SYS/#, $SYS/broker/+, true",
    })
    void aWideSubscriptionNeedsAWideRule(String rule, String filter, boolean covered) {
        assertEquals(covered, RuleTopic.compile(rule).covers(filter));
    }

    @ParameterizedTest
    @CsvSource({
        "users/%u/#, alice, c1, users/alice/#",
        "%c/in, alice, c1, c1/in",
        "x/dev-%u-%c/y, alice, c1, x/dev-alice-c1/y",
        "%u/%u, alice, c1, alice/alice",
        "%u/x, %c, c1, %c/x",
        "a/%x/100%, alice, c1, a/%x/100%",
    })
    void placeholdersStandForTheClient(String text, String user, String client, String filled) {
        assertEquals(filled, String.valueOf(RuleTopic.compile(text).forClient(user, client)));
    }

    @ParameterizedTest
    @CsvSource({"users/%u/#, +", "users/%u/#, #", "users/%u/#, a/b", "users/%u, ''"})
    void aNameThatWouldChangeTheShapeOfARuleGetsNothingFromIt(String text, String user) {
        assertNull(RuleTopic.compile(text).forClient(user, "c"));
        assertNull(RuleTopic.compile(text.replace("%u", "%c")).forClient("u", user));
    }

    @Test
    void aRuleWithUserNamesIsNotForThoseWithoutOne() {
        assertNull(RuleTopic.compile("users/%u").forClient(null, "c"));
        assertEquals("users/c", String.valueOf(RuleTopic.compile("users/%c").forClient(null, "c")));
    }

    @ParameterizedTest
    @CsvSource({
        "*, anything, true",
        "*, '', true",
        "pump-*, pump-, true",
        "pump-*, pump, false",
        "*-1, a-1-1, true",
        "a*b*c, aXbYc, true",
        "a*b*c, aXcYb, false",
        "abc, abc, true",
        "abc, abcd, false",
        "**, x, true",
        "'', '', true",
        "'', x, false",
    })
    void aStarStandsForAnything(String pattern, String text, boolean matches) {
        assertEquals(matches, new Glob(pattern).matches(text));
    }
}
