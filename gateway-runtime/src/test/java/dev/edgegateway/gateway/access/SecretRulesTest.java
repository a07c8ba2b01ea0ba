package dev.edgegateway.gateway.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretRulesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "short",
                "123456789",
                "ninechars",
                "password123",
                "PassWord123",
                "1234567890",
                "aaaaaaaaaaaaaaa",
                "abababababab",
                "operator-1",
                "1operator12",
                "tab\there-it-is"
            })
    void whatIsTriedFirstIsNoSecret(String secret) {
        assertTrue(SecretRules.objection("operator", secret).isPresent(), secret);
    }

    @ParameterizedTest
    @ValueSource(strings = {"correct horse", "ten chars!", "operator and more than that", "пароль длинный"})
    void whatTakesAGuesserLongIsOne(String secret) {
        assertEquals(Optional.empty(), SecretRules.objection("operator", secret));
    }

    @Test
    void whatNoFieldTakesIsNone() {
        assertTrue(SecretRules.objection("operator", "abcdefghij".repeat(100)).isPresent());
    }

    @Test
    void aMadeUpSecretIsAlwaysAnother() {
        String one = SecretRules.generate();

        assertEquals(24, one.length());
        assertNotEquals(one, SecretRules.generate());
        assertFalse(SecretRules.objection("pump:p1", one).isPresent());
    }
}
