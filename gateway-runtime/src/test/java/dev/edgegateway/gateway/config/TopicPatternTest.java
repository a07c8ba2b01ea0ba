package dev.edgegateway.gateway.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.edgegateway.broker.TopicName;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TopicPatternTest {
    @Test
    void capturesStandForTheirLevels() {
        Captures captures = TopicPattern.parse("sensors/{device}/+/{event}").match("sensors/pump-1/x/flow");

        assertNotNull(captures);
        assertEquals("pump-1", captures.value("device"));
        assertEquals("flow", captures.value("event"));
        assertEquals(
                "a/flow/pump-1.pump-1",
                Template.parse("a/{event}/{device}.{device}").expand(captures));
    }

    @Test
    void aCaptureIsAWildcardToTheBroker() {
        TopicPattern pattern = TopicPattern.parse("{site}/b/{device}/#");

        assertEquals("+/b/+/#", pattern.filter().value());
        assertEquals(List.of("site", "device"), pattern.captures());
        assertEquals("{site}/b/{device}/#", pattern.toString());
    }

    @Test
    void aCaptureIsNeverEmpty() {
        assertNull(TopicPattern.parse("a/{b}").match("a/"));
        assertNotNull(TopicPattern.parse("a/+").match("a/"));
    }

    @Test
    void aTopicOfTheBrokerItselfHidesFromLeadingCaptures() {
        assertNull(TopicPattern.parse("{a}/b").match("$SYS/b"));
        assertNotNull(TopicPattern.parse("$SYS/{a}").match("$SYS/b"));
    }

    @ParameterizedTest
    @CsvSource({
        "a/b, a/b",
        "a/b, a/bc",
        "a/b, a",
        "a/b, a/b/c",
        "a/+, a/b",
        "a/+, a/b/c",
        "a/+, a",
        "a/#, a",
        "a/#, a/",
        "a/#, a/b/c",
        "a/#, ab",
        "#, a",
        "#, $SYS/a",
        "+, a",
        "+, /a",
        "+/+, /a",
        "/+, /a",
        "/#, /",
        "a//b, a//b",
        "a/+/b, a//b",
        "+/#, a",
        "a/b/#, a/b",
        "a/b/#, a",
        "$SYS/#, $SYS/a",
        "+/+/+, a/b",
        "a/, a",
        "a, a/"
    })
    void withoutCapturesItMatchesAsTheBrokersFilterDoes(String pattern, String topic) {
        TopicPattern parsed = TopicPattern.parse(pattern);

        assertEquals(parsed.filter().matches(new TopicName(topic)), parsed.match(topic) != null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a/#/b", "a+", "{a", "a}", "{}", "{A}", "x{a}", "{a}{b}", "{a}/{a}", "a/{#}"})
    void whatIsNoPatternIsRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> TopicPattern.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "}", "{}", "a}{b}", "{a", "{a b}", "{{a}}"})
    void whatIsNoTemplateIsRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> Template.parse(text));
    }

    @Test
    void aNameThatWasNotCapturedIsAMistakeOfTheCaller() {
        Captures captures = TopicPattern.parse("a/{b}").match("a/1");

        assertNotNull(captures);
        assertThrows(IllegalArgumentException.class, () -> captures.value("c"));
    }
}
