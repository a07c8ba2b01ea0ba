package dev.edgegateway.gateway.uplink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edgegateway.broker.TopicName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TopicPatternTest {

    @Test
    void capturesAreWildcardsWithNames() {
        TopicPattern pattern = TopicPattern.compile("sensors/{device}/{event}");

        assertEquals("sensors/+/+", pattern.filter().value());
        assertEquals(List.of("device", "event"), List.copyOf(pattern.captures()));
        assertEquals(Optional.of(Map.of("device", "t-1", "event", "temp")), pattern.match("sensors/t-1/temp"));
    }

    @Test
    void capturedLevelsMayBeEmptyOrHoldAnyText() {
        TopicPattern pattern = TopicPattern.compile("{a}/x/{b}");

        assertEquals(Optional.of(Map.of("a", "", "b", "")), pattern.match("/x/"));
        assertEquals(Optional.of(Map.of("a", "東京 {b}", "b", "$")), pattern.match("東京 {b}/x/$"));
    }

    @Test
    void capturesStandBesideWildcards() {
        TopicPattern pattern = TopicPattern.compile("+/{room}/#");

        assertEquals("+/+/#", pattern.filter().value());
        assertEquals(Optional.of(Map.of("room", "k")), pattern.match("house/k"));
        assertEquals(Optional.of(Map.of("room", "k")), pattern.match("house/k/light/1"));
        assertEquals(Optional.empty(), pattern.match("house"));
    }

    @ParameterizedTest
    @CsvSource({
        "a/b, a/b",
        "a/b, a",
        "a/b, a/b/c",
        "a/b, a/",
        "a/+, a/b",
        "a/+, a",
        "a/+, a/",
        "a/+, a/b/c",
        "+, a",
        "+, /",
        "+/+, /",
        "+/+, /a",
        "+/+, a",
        "#, a",
        "#, a/b/c",
        "#, /",
        "#, $SYS/x",
        "+/x, $SYS/x",
        "$SYS/#, $SYS/x",
        "$SYS/+, $SYS/x",
        "a/#, a",
        "a/#, a/",
        "a/#, a/b/c",
        "a/#, ab",
        "a/+/#, a",
        "a/+/#, a/b",
        "/+, /b",
        "/+, b",
        "a//b, a//b",
        "a//b, a/b",
        "a/+/b, a//b",
        "ü/+, ü/é",
        "ü/+, u/é",
        "+, $",
        "a/$b/+, a/$b/c"
    })
    void matchesExactlyWhatItsFilterMatches(String pattern, String topic) {
        TopicPattern compiled = TopicPattern.compile(pattern);

        assertEquals(
                compiled.filter().matches(new TopicName(topic)),
                compiled.match(topic).isPresent());
        TopicPattern named = TopicPattern.compile(pattern.replaceFirst("\\+", "{x}"));
        assertEquals(compiled.filter(), named.filter());
        assertEquals(compiled.match(topic).isPresent(), named.match(topic).isPresent());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a/b{x}",
                "a/{x}b",
                "a/{x}{y}",
                "a/{x",
                "a/x}",
                "a/{}",
                "a/{X}",
                "a/{1x}",
                "a/{x-y}",
                "a/{{x}}",
                "a/{x}/{x}",
                "a/#/{x}",
                "a#",
                "a/+b",
                "a/\0"
            })
    void aPatternThatIsNotOneSaysWhy(String text) {
        var refused = assertThrows(IllegalArgumentException.class, () -> TopicPattern.compile(text));
        assertTrue(String.valueOf(refused.getMessage()).length() > 20, refused.getMessage());
    }

    @Test
    void theErrorShowsTheLevelAndAnExample() {
        var refused = assertThrows(IllegalArgumentException.class, () -> TopicPattern.compile("site/dev-{device}/x"));
        assertEquals(
                "a capture must fill a whole level: 'dev-{device}' in topic 'site/dev-{device}/x' should read like"
                        + " {device}",
                refused.getMessage());
    }

    @Test
    void aTemplateTakesCapturesAnywhere() {
        TopicTemplate template = TopicTemplate.compile("line-{line}/{device}{line}/x", Set.of("line", "device"));

        assertEquals("line-7/p17/x", template.fill(Map.of("line", "7", "device", "p1")));
    }

    @Test
    void aTemplateWithoutCapturesIsItsText() {
        assertEquals("json", TopicTemplate.compile("json", Set.of()).fill(Map.of()));
        assertEquals("", TopicTemplate.compile("", Set.of()).fill(Map.of()));
    }

    @Test
    void valuesAreNotReadAsTemplatesAgain() {
        TopicTemplate template = TopicTemplate.compile("{a}{b}", Set.of("a", "b"));

        assertEquals("{b}$1\\", template.fill(Map.of("a", "{b}", "b", "$1\\")));
    }

    @Test
    void anUnknownCaptureIsAnErrorThatNamesTheKnownOnes() {
        var refused = assertThrows(
                IllegalArgumentException.class, () -> TopicTemplate.compile("x/{devise}", Set.of("event", "device")));
        assertEquals("'x/{devise}' uses {devise}, but the topic captures {device}, {event}", refused.getMessage());
        refused = assertThrows(IllegalArgumentException.class, () -> TopicTemplate.compile("{x}", Set.of()));
        assertEquals("'{x}' uses {x}, but the topic captures nothing", refused.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a{", "a}", "{a", "a/{b/c", "}{", "+", "a/#", "a\u0001", "{a}}"})
    void aTemplateThatIsNotOneSaysWhy(String text) {
        var refused = assertThrows(IllegalArgumentException.class, () -> TopicTemplate.compile(text, Set.of("a", "b")));
        assertTrue(String.valueOf(refused.getMessage()).startsWith("'"), refused.getMessage());
    }

    @Test
    void aMissingValueIsAMistakeOfTheCaller() {
        TopicTemplate template = TopicTemplate.compile("{a}", Set.of("a"));
        assertThrows(IllegalArgumentException.class, () -> template.fill(Map.of()));
    }
}
