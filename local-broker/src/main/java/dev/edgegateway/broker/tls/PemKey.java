package dev.edgegateway.broker.tls;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;

/** The private key that belongs to a certificate. */
final class PemKey {
    private PemKey() {}

    /**
     * Takes the key of the file and makes sure that it fits.
     *
     * @throws TlsException if there is none, it is encrypted, damaged, or of another certificate.
     */
    static PrivateKey of(PemFile file, PublicKey publicKey) throws TlsException {
        PemFile.Block block = file.blocks().stream()
                .filter(each -> each.label().endsWith("PRIVATE KEY"))
                .findFirst()
                .orElseThrow(() -> new TlsException(file.path() + ": holds no private key"));
        if (block.encrypted()) {
            throw new TlsException(file.path()
                    + ": the key is encrypted; write it without a passphrase (openssl pkey -in FILE -out FILE.open)"
                    + " and let this user alone read it");
        }
        PrivateKey key;
        try {
            byte[] pkcs8 = block.label().equals("PRIVATE KEY") ? block.der() : wrapped(block.der(), publicKey);
            key = KeyFactory.getInstance(publicKey.getAlgorithm()).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        } catch (GeneralSecurityException | RuntimeException e) {
            throw new TlsException(
                    file.path() + ": the key is damaged, or not " + publicKey.getAlgorithm()
                            + " as its certificate says",
                    e);
        }
        if (!fits(key, publicKey)) {
            throw new TlsException(file.path() + ": the key belongs to another certificate");
        }
        return key;
    }

    /**
     * PKCS#1 and SEC 1 keys as PKCS#8 (RFC 5958 section 2), which only puts version and algorithm before them. The
     * algorithm is the certificate's, so that a curve need not be named twice.
     */
    private static byte[] wrapped(byte[] key, PublicKey publicKey) {
        byte[] algorithm = firstOf(publicKey.getEncoded());
        byte[] version = {2, 1, 0};
        return element(0x30, version, algorithm, element(0x04, key));
    }

    /** The first element within a DER sequence. */
    private static byte[] firstOf(byte[] sequence) {
        int start = contentAt(sequence, 0);
        int content = contentAt(sequence, start);
        return Arrays.copyOfRange(sequence, start, content + length(sequence, start));
    }

    private static int contentAt(byte[] der, int at) {
        int first = der[at + 1] & 255;
        return at + 2 + (first < 128 ? 0 : first & 127);
    }

    private static int length(byte[] der, int at) {
        int length = 0;
        int end = contentAt(der, at);
        if (end == at + 2) {
            return der[at + 1];
        }
        for (int i = at + 2; i < end; i++) {
            length = length << 8 | der[i] & 255;
        }
        return length;
    }

    private static byte[] element(int tag, byte[]... parts) {
        int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
        byte[] out = new byte[4 + length];
        out[0] = (byte) tag;
        out[1] = (byte) 0x82;
        out[2] = (byte) (length >> 8);
        out[3] = (byte) length;
        int at = 4;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, out, at, part.length);
            at += part.length;
        }
        return out;
    }

    private static boolean fits(PrivateKey key, PublicKey publicKey) throws TlsException {
        String algorithm = switch (publicKey.getAlgorithm()) {
            case "EC" -> "SHA256withECDSA";
            case "RSA" -> "SHA256withRSA";
            default -> publicKey.getAlgorithm();
        };
        byte[] text = new byte[32];
        new SecureRandom().nextBytes(text);
        try {
            Signature signing = Signature.getInstance(algorithm);
            signing.initSign(key);
            signing.update(text);
            byte[] signature = signing.sign();
            Signature checking = Signature.getInstance(algorithm);
            checking.initVerify(publicKey);
            checking.update(text);
            return checking.verify(signature);
        } catch (GeneralSecurityException e) {
            throw new TlsException("keys of the kind " + publicKey.getAlgorithm() + " cannot be used: " + e, e);
        }
    }
}
