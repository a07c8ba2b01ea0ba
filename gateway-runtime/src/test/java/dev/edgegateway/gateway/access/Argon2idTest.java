package dev.edgegateway.gateway.access;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Arrays;
import java.util.Random;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Argon2idTest {
    @Test
    void anotherImplementationComputesTheSame() {
        Random random = new Random(9106);
        for (int i = 0; i < 200; i++) {
            int lanes = 1 + random.nextInt(4);
            compare(
                    random,
                    new Argon2id.Cost(8 * lanes + random.nextInt(300), 1 + random.nextInt(3), lanes),
                    16 + random.nextInt(150));
        }
    }

    @ParameterizedTest
    @CsvSource({"8, 1, 1", "19456, 2, 1", "47104, 1, 1", "4099, 3, 16"})
    void alsoAtTheCostsThatAreUsed(int memoryKib, int passes, int lanes) {
        compare(new Random(1), new Argon2id.Cost(memoryKib, passes, lanes), 32);
    }

    private static void compare(Random random, Argon2id.Cost cost, int tagBytes) {
        byte[] secret = new byte[random.nextInt(200)];
        byte[] salt = new byte[8 + random.nextInt(40)];
        random.nextBytes(secret);
        random.nextBytes(salt);
        Argon2BytesGenerator other = new Argon2BytesGenerator();
        other.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(cost.memoryKib())
                .withIterations(cost.passes())
                .withParallelism(cost.lanes())
                .withSalt(salt)
                .build());
        byte[] expected = new byte[tagBytes];
        other.generateBytes(secret, expected);

        assertArrayEquals(expected, Argon2id.hash(cost, salt, secret, tagBytes), cost + ", " + tagBytes);
    }

    @Test
    void everyBitOfTheSecretCounts() {
        Argon2id.Cost cost = new Argon2id.Cost(8, 1, 1);
        byte[] salt = new byte[16];
        byte[] secret = new byte[20];
        byte[] tag = Argon2id.hash(cost, salt, secret, 32);
        for (int i = 0; i < secret.length * 8; i++) {
            byte[] other = secret.clone();
            other[i / 8] ^= (byte) (1 << (i % 8));
            assertFalse(Arrays.equals(tag, Argon2id.hash(cost, salt, other, 32)));
        }
    }
}
