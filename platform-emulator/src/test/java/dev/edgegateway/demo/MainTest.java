package dev.edgegateway.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class MainTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void allThatCannotBeFollowedIsSaidAtOnceWithStatusTwo() {
        assertEquals(2, execute("--outage", "50", "--kills", "100"));
        var lines = err.toString().lines().toList();
        assertEquals(3, lines.size(), err::toString);
        assertTrue(lines.get(0).startsWith("edge-gateway demo: --outage 50: "), err::toString);
        assertTrue(lines.get(1).startsWith("edge-gateway demo: --kills 100: "), err::toString);
        assertTrue(lines.get(2).contains("--help"), err::toString);
    }

    @Test
    void whatIsNoOptionOrNoNumberIsNamed() {
        assertEquals(2, execute("--outtage", "5"));
        assertTrue(err.toString().contains("--outtage"), err::toString);
        assertEquals(2, execute("--seconds", "soon"));
        assertTrue(err.toString().contains("soon"), err::toString);
    }

    @Test
    void helpTellsOptionsAndExitStatusAndHidesTheProcessesOfTheDemo() {
        assertEquals(0, execute("--help"));
        for (String option : new String[] {
            "--seconds", "--rate", "--devices", "--outage", "--kills", "--seed", "--json", "--keep", "Exit status"
        }) {
            assertTrue(out.toString().contains(option), () -> option + " is missing in " + out);
        }
        assertFalse(out.toString().contains("lan-devices"), out::toString);
    }

    private int execute(String... args) {
        return Main.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(args);
    }
}
