package dev.edgegateway.gateway.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edgegateway.gateway.access.Credentials.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialsTest {
    private static final String HASH =
            "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4";

    @Test
    void everyLineCountsForItself() {
        Credentials read = Credentials.parse(
                List.of("# our users", "", "alice:" + HASH, "bob:secret", "   ", "carol", "dave:" + HASH, ":" + HASH),
                Kind.USERS);

        assertEquals(List.of("alice", "dave"), List.copyOf(read.algorithms().keySet()));
        assertEquals(
                List.of(4, 6, 8),
                read.problems().stream().map(Credentials.Problem::line).toList());
        assertNull(read.find("bob"));
        assertNull(read.find("carol"));
        assertNull(read.find(""));
        assertEquals(
                "line 4 holds no hash; passwords never stand in this file themselves",
                read.problems().getFirst().toString());
    }

    @Test
    void ofTwoLinesWithTheSameNameTheFirstCountsAndTheOtherIsReported() {
        Credentials read = Credentials.parse(List.of("alice:" + HASH, "alice:$6$x"), Kind.USERS);
        Credentials twice = Credentials.parse(List.of("alice:" + HASH, "alice:" + HASH), Kind.USERS);

        assertEquals(1, read.hashes().size());
        assertEquals(
                "line 2 names 'alice' again; line 1 counts",
                twice.problems().getFirst().toString());
    }

    @Test
    void aLineBreakOfAnotherSystemIsNoPartOfTheHash() {
        assertEquals(
                List.of(),
                Credentials.parse(List.of("alice:" + HASH + "\r"), Kind.USERS).problems());
    }

    @Test
    void devicesHaveNamesOfTwoParts() {
        Credentials read = Credentials.parse(
                List.of("pump:p1:" + HASH, "pump:" + HASH, "pump:p/1:" + HASH, "pump:p2:x"), Kind.DEVICES);

        assertEquals(List.of("pump:p1"), List.copyOf(read.algorithms().keySet()));
        assertEquals(
                List.of(2, 3, 4),
                read.problems().stream().map(Credentials.Problem::line).toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "pump", "pump:", ":p1", "pump:p1:x", "pump::p1"})
    void theLineOfADeviceIsNotTakenForAnothers(String name) {
        assertTrue(!Credentials.isOf("pump:p1:" + HASH, Kind.DEVICES, name), name);
        assertTrue(Credentials.isOf("pump:p1:" + HASH, Kind.DEVICES, "pump:p1"));
    }

    @Test
    void theCostliestHashOfAFileIsWhatAnUnknownNameCosts() {
        String dear = HASH.replace("m=256,t=2", "m=512,t=3");

        assertEquals(
                new Argon2id.Cost(512, 3, 1),
                Credentials.parse(List.of("a:" + HASH, "b:" + dear, "c:" + HASH), Kind.USERS)
                        .costliest());
        assertEquals(Argon2id.Cost.DEFAULT, Credentials.NONE.costliest());
    }
}
