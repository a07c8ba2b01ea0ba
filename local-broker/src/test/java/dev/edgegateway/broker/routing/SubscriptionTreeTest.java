package dev.edgegateway.broker.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edgegateway.broker.Qos;
import dev.edgegateway.broker.SubscriptionOptions;
import dev.edgegateway.broker.TopicFilter;
import dev.edgegateway.broker.TopicName;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SubscriptionTreeTest {

    @ParameterizedTest
    @CsvSource({
        "sport/tennis/player1/#, sport/tennis/player1, true",
        "sport/tennis/player1/#, sport/tennis/player1/ranking, true",
        "sport/#, sport, true",
        "#, sport/tennis, true",
        "sport/tennis/+, sport/tennis/player1, true",
        "sport/tennis/+, sport/tennis/player1/ranking, false",
        "sport/+, sport, false",
        "sport/+, sport/, true",
        "+/+, /finance, true",
        "/+, /finance, true",
        "+, /finance, false",
        "#, $SYS/x, false",
        "+/x, $SYS/x, false",
        "$SYS/#, $SYS/x, true",
        "$SYS/+, $SYS/x, true",
        "a, A, false",
        "a/b, a/bc, false",
        "a//b, a//b, true",
        "a/+/b, a//b, true",
        "a, a/, false",
    })
    void filtersMatchAsSection47Says(String filter, String topic, boolean matches) {
        assertEquals(matches, new TopicFilter(filter).matches(new TopicName(topic)));
        SubscriptionTree tree = new SubscriptionTree();
        tree.add(new TopicFilter(filter), (message, granted, retained) -> 0, SubscriptionOptions.of(Qos.AT_MOST_ONCE));
        assertEquals(matches ? 1 : 0, tree.match(new TopicName(topic)).length);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a#", "#/a", "a/#/b", "a+", "+a", "a/b+/c", "##", "a\0b"})
    void filtersThatAreNoneAreRefused(String filter) {
        assertThrows(IllegalArgumentException.class, () -> new TopicFilter(filter));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a/+", "#", "a\0b"})
    void topicNamesHoldNoWildcards(String name) {
        assertThrows(IllegalArgumentException.class, () -> new TopicName(name));
    }

    @Test
    void theTreeAnswersAsASearchThroughAllFiltersDoes() {
        Random random = new Random(7);
        SubscriptionTree tree = new SubscriptionTree();
        Map<TopicFilter, Subscriber> all = new HashMap<>();
        for (int round = 0; round < 20_000; round++) {
            TopicFilter filter = new TopicFilter(randomLevels(random, true));
            switch (random.nextInt(4)) {
                case 0 -> {
                    Subscriber subscriber = all.computeIfAbsent(filter, f -> (message, granted, retained) -> 0);
                    tree.add(filter, subscriber, SubscriptionOptions.of(Qos.AT_LEAST_ONCE));
                }
                case 1 -> {
                    Subscriber gone = all.remove(filter);
                    if (gone != null) {
                        tree.remove(filter, gone);
                    }
                }
                default -> {
                    TopicName topic = new TopicName(randomLevels(random, false));
                    Set<Subscriber> expected = new HashSet<>();
                    all.forEach((f, subscriber) -> {
                        if (f.matches(topic)) {
                            expected.add(subscriber);
                        }
                    });
                    Set<Subscriber> found = new HashSet<>();
                    for (SubscriptionTree.Match match : tree.match(topic)) {
                        assertTrue(found.add(match.subscriber()), "each once");
                    }
                    assertEquals(expected, found, topic::value);
                }
            }
            assertEquals(all.size(), tree.size());
        }
        assertFalse(all.isEmpty());
    }

    private static String randomLevels(Random random, boolean filter) {
        StringBuilder levels = new StringBuilder();
        int depth = 1 + random.nextInt(3);
        for (int i = 0; i < depth; i++) {
            int kind = random.nextInt(filter ? 6 : 4);
            String level = switch (kind) {
                case 0 -> "a";
                case 1 -> "b";
                case 2 -> i == 0 ? "$s" : "";
                case 3 -> "c";
                case 4 -> "+";
                default -> "#";
            };
            levels.append(i == 0 ? "" : "/").append(level);
            if (level.equals("#")) {
                break;
            }
        }
        return levels.isEmpty() ? "a" : levels.toString();
    }
}
