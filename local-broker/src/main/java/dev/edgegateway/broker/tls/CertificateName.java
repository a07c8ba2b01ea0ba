package dev.edgegateway.broker.tls;

import dev.edgegateway.broker.TlsSettings.Identity;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import javax.naming.NamingException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import org.jspecify.annotations.Nullable;

/** The name in a certificate. */
public final class CertificateName {
    /** As long as an MQTT string of ASCII may be; a user name goes into one. */
    private static final int MAX_CHARS = 65535;

    /** GeneralName's tags (RFC 5280 section 4.2.1.6): DNS name, e-mail address, URI. */
    private static final int[] KINDS = {2, 1, 6};

    private CertificateName() {}

    /** @return null if there is none, or none that is one name without control characters. */
    public static @Nullable String of(X509Certificate certificate, Identity identity) {
        String name = switch (identity) {
            case COMMON_NAME -> commonName(certificate);
            case SUBJECT_ALTERNATIVE_NAME -> alternativeName(certificate);
        };
        boolean usable = name != null
                && !name.isEmpty()
                && name.length() <= MAX_CHARS
                && name.chars().noneMatch(Character::isISOControl);
        return usable ? name : null;
    }

    private static @Nullable String commonName(X509Certificate certificate) {
        String found = null;
        try {
            for (Rdn rdn : new LdapName(certificate.getSubjectX500Principal().getName()).getRdns()) {
                var names = rdn.toAttributes().get("CN");
                if (names == null) {
                    continue;
                }
                // Two names would let whoever reads the certificate choose.
                if (found != null || names.size() != 1 || !(names.get() instanceof String name)) {
                    return null;
                }
                found = name;
            }
        } catch (NamingException e) {
            return null;
        }
        return found;
    }

    private static @Nullable String alternativeName(X509Certificate certificate) {
        Collection<List<?>> names;
        try {
            names = certificate.getSubjectAlternativeNames();
        } catch (CertificateParsingException e) {
            return null;
        }
        if (names == null) {
            return null;
        }
        for (int kind : KINDS) {
            for (List<?> name : names) {
                if (name.get(0).equals(kind) && name.get(1) instanceof String text) {
                    return text;
                }
            }
        }
        return null;
    }
}
