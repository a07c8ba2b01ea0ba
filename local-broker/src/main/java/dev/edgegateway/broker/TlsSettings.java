package dev.edgegateway.broker;

import java.nio.file.Path;

/**
 * TLS 1.2 and 1.3 at a listener. The files are read again when they change; connections there are by then stay as they
 * are.
 *
 * @param certificateChain PEM; the listener's own certificate first, then each issuer's.
 * @param privateKey PEM, not encrypted: PKCS#8, or PKCS#1 and SEC 1 as older tools write them.
 * @param clients whether clients show certificates.
 */
public record TlsSettings(Path certificateChain, Path privateKey, ClientCertificates clients) {

    /** Whether clients show certificates. */
    public sealed interface ClientCertificates {
        ClientCertificates NONE = new None();

        /** They are not asked. */
        record None() implements ClientCertificates {}

        /**
         * They are asked. A certificate that no authority here vouches for, or out of its time, ends the connection.
         *
         * @param authorities PEM; who may vouch for clients.
         * @param required false lets clients without a certificate connect, too.
         * @param identity what in a certificate names its holder.
         * @param isUserName that this name takes the place of the CONNECT's user name and password; then a certificate
         *     without a usable name ends the connection.
         */
        record Checked(Path authorities, boolean required, Identity identity, boolean isUserName)
                implements ClientCertificates {}
    }

    /** What in a certificate names its holder. */
    public enum Identity {
        /** The one common name of the subject. */
        COMMON_NAME,
        /** The first subject alternative name that is a DNS name, else an e-mail address, else a URI. */
        SUBJECT_ALTERNATIVE_NAME
    }
}
