package dev.edgegateway.gateway.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.params.KeyParameter;
import org.jspecify.annotations.Nullable;

/**
 * Remembers by whom which secret was last proved, so that a client that comes back costs microseconds instead of a hash.
 * It keeps no secret but a seal of it (HMAC-SHA-256) under a key that dies with the process. Any thread.
 */
final class SecretMemory {
    private static final int KEY_BYTES = 32;

    /** @param hash what the secret was proved against; another hash under the same name is another secret. */
    private record Proof(PasswordHash hash, byte[] seal) {}

    private final HMac mac = new HMac(new SHA256Digest());
    private final Map<String, Proof> proofs;

    /** @param maxNames the name that was asked for longest ago is forgotten first. */
    SecretMemory(int maxNames) {
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        mac.init(new KeyParameter(key));
        proofs = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Proof> eldest) {
                return size() > maxNames;
            }
        };
    }

    /** The seal of a secret under a name. */
    synchronized byte[] seal(String name, byte[] secret) {
        byte[] nameBytes = name.getBytes(StandardCharsets.UTF_8);
        mac.update(nameBytes, 0, nameBytes.length);
        mac.update((byte) 0);
        mac.update(secret, 0, secret.length);
        byte[] seal = new byte[mac.getMacSize()];
        mac.doFinal(seal, 0);
        return seal;
    }

    /** Whether this secret was proved against this hash. */
    synchronized boolean knows(String name, @Nullable PasswordHash hash, byte[] seal) {
        Proof proof = proofs.get(name);
        return proof != null && proof.hash().equals(hash) && MessageDigest.isEqual(proof.seal(), seal);
    }

    synchronized void remember(String name, PasswordHash hash, byte[] seal) {
        proofs.put(name, new Proof(hash, seal));
    }
}
