package dev.edgegateway.gateway.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordHashTest {
    private static final Argon2id.Cost CHEAP = new Argon2id.Cost(64, 1, 1);

    @TempDir
    Path folder;

    /** What the reference implementation of Argon2 computes for secret "password" and salt "somesalt". */
    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4 password",
                "$argon2id$v=19$m=256,t=2,p=2$c29tZXNhbHQ$bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc password",
                "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc password",
            })
    void whatTheReferenceImplementationHashedMatches(String hash, String secret) {
        assertTrue(PasswordHash.parse(hash).matches(secret.getBytes(UTF_8)));
        assertFalse(PasswordHash.parse(hash).matches((secret + " ").getBytes(UTF_8)));
        assertEquals(hash, PasswordHash.parse(hash).toString());
    }

    /** Written by mosquitto_passwd 2.0.11. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "$7$101$oz60Qfu8X3RwM3GW$QFIO6LpBhXfWMgXeRZ8wXpcCa8nOgRUaKkvfiH8+bnuR3rqw6Fd9kzxCEJs/Vs9hfBA4frZYm6PV6BqLTPT6Mw==",
                "$6$DsjLiag3/TG8N1Yk$K5y2m+lyDTkA/6Zflre7SOUa2AVEZl1+jI+PtC4dx2oS/kNr52Wx8ounSjvJ6/YJ8KMeHoqKMJWv0YNr4KYkzg=="
            })
    void whatMosquittoHashedMatches(String hash) {
        assertTrue(PasswordHash.parse(hash).matches("correct horse battery".getBytes(UTF_8)));
        assertFalse(PasswordHash.parse(hash).matches("correct horse batterz".getBytes(UTF_8)));
        assertFalse(PasswordHash.parse(hash).matches(new byte[0]));
        assertEquals(PasswordHash.parse(hash), PasswordHash.parse(hash));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sha512", "sha512-pbkdf2"})
    void whatTheInstalledMosquittoWritesIsRead(String algorithm) throws Exception {
        Path command = Path.of("/usr/bin/mosquitto_passwd");
        Assumptions.assumeTrue(Files.isExecutable(command));
        Path file = folder.resolve("passwords");
        Process process = new ProcessBuilder(
                        command.toString(), "-H", algorithm, "-c", "-b", file.toString(), "alice", "pässword 1")
                .redirectErrorStream(true)
                .start();
        process.getInputStream().readAllBytes();
        assertEquals(0, process.waitFor());

        Credentials read = CredentialFile.read(file, Credentials.Kind.USERS);

        assertEquals(List.of(), read.problems());
        PasswordHash hash = read.find("alice");
        assertTrue(hash != null && hash.matches("pässword 1".getBytes(UTF_8)));
    }

    @Test
    void aNewHashHasASaltOfItsOwnAndReadsBackAsTheSame() {
        byte[] secret = "a secret that is long".getBytes(UTF_8);
        Argon2idHash one = Argon2idHash.of(secret, CHEAP);
        Argon2idHash other = Argon2idHash.of(secret, CHEAP);

        assertNotEquals(one.toString(), other.toString());
        assertNotEquals(one, other);
        assertEquals(one, PasswordHash.parse(one.toString()));
        assertTrue(PasswordHash.parse(one.toString()).matches(secret));
        assertTrue(one.toString().startsWith("$argon2id$v=19$m=64,t=1,p=1$"), one.toString());
    }

    @Test
    void whatIsWrittenByDefaultFitsASmallBoard() {
        assertEquals(new Argon2id.Cost(19456, 2, 1), Argon2id.Cost.DEFAULT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "secret",
                "$",
                "$$",
                "$5$abc$def",
                "$2b$12$abcdefghijklmnopqrstuv",
                "x$7$101$oz60Qfu8X3RwM3GW$QFIO6LpBhXfWMgXeRZ8wXpcCa8nOgRUaKkvfiH8+bnuR3rqw6Fd9kzxCEJs/Vs9hfBA4frZYm6PV6BqLTPT6Mw==",
                "$7$0$oz60Qfu8X3RwM3GW$QFIO6LpBhXfWMgXeRZ8wXpcCa8nOgRUaKkvfiH8+bnuR3rqw6Fd9kzxCEJs/Vs9hfBA4frZYm6PV6BqLTPT6Mw==",
                "$7$999999999$oz60Qfu8X3RwM3GW$QFIO6LpBhXfWMgXeRZ8wXpcCa8nOgRUaKkvfiH8+bnuR3rqw6Fd9kzxCEJs/Vs9hfBA4frZYm6PV6BqLTPT6Mw==",
                "$7$101$oz60Qfu8X3RwM3GW$QFIO6LpBhXfWMgXeRZ8wXpcCa8nOgRUaKkvfiH8+bnuR3rqw6Fd9kzxCEJs/Vs9hfBA4frZYm6PV6BqLTPT6",
                "$7$101$oz60Qfu8X3RwM3GW$",
                "$7$101$$QFIO6LpBhXfWMgXeRZ8wXpcCa8nOgRUaKkvfiH8+bnuR3rqw6Fd9kzxCEJs/Vs9hfBA4frZYm6PV6BqLTPT6Mw==",
                "$6$DsjLiag3/TG8N1Yk$K5y2m+lyDTkA",
                "$6$***$K5y2m+lyDTkA/6Zflre7SOUa2AVEZl1+jI+PtC4dx2oS/kNr52Wx8ounSjvJ6/YJ8KMeHoqKMJWv0YNr4KYkzg==",
                "$argon2i$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
                "$argon2id$v=16$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
                "$argon2id$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
                "$argon2id$v=19$m=4000000,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
                "$argon2id$v=19$m=7,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
                "$argon2id$v=19$m=256,t=0,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
                "$argon2id$v=19$m=256,t=1000,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
                "$argon2id$v=19$m=256,t=2,p=0$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
                "$argon2id$v=19$m=-256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
                "$argon2id$v=19$m=256,t=2,p=1$c29t$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
                "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$",
                "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4$more"
            })
    void whatIsNoHashIsRefusedWithoutRepeatingIt(String text) {
        String message = String.valueOf(assertThrows(IllegalArgumentException.class, () -> PasswordHash.parse(text))
                .getMessage());

        assertTrue(!message.contains("nf65EOg") && !message.contains("QFIO6") && !message.contains("secret"), message);
    }

    @Test
    void aHashOfAbsurdLengthIsNotEvenLookedAt() {
        assertThrows(IllegalArgumentException.class, () -> PasswordHash.parse("$6$" + "A".repeat(2000) + "$AAAA"));
    }
}
