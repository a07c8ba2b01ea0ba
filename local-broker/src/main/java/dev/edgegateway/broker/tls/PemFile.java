package dev.edgegateway.broker.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The blocks of one PEM file (RFC 7468); what stands between them is passed over. */
record PemFile(Path path, List<Block> blocks) {
    /** Largest file read; a hundred certificates are a quarter of it. */
    private static final int MAX_BYTES = 1 << 20;

    private static final Pattern BEGIN = Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----");

    /** @param encrypted by the headers older tools write into the block. */
    record Block(String label, byte[] der, boolean encrypted) {}

    static PemFile read(Path path) throws TlsException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(path)) {
            bytes = in.readNBytes(MAX_BYTES + 1);
        } catch (NoSuchFileException e) {
            throw new TlsException(path + ": there is no such file", e);
        } catch (AccessDeniedException e) {
            throw new TlsException(path + ": may not be read by this user", e);
        } catch (IOException e) {
            throw new TlsException(path + ": cannot be read: " + e.getMessage(), e);
        }
        if (bytes.length > MAX_BYTES) {
            throw new TlsException(path + ": is larger than " + MAX_BYTES + " bytes, so it is no file of certificates");
        }
        return new PemFile(path, blocks(path, new String(bytes, StandardCharsets.ISO_8859_1)));
    }

    private static List<Block> blocks(Path path, String text) throws TlsException {
        List<Block> blocks = new ArrayList<>();
        Matcher begin = BEGIN.matcher(text);
        int at = 0;
        while (begin.find(at)) {
            String label = begin.group(1);
            String last = "-----END " + label + "-----";
            int end = text.indexOf(last, begin.end());
            if (end < 0) {
                throw new TlsException(path + ": a block begins as " + label + " and does not end: the file is cut");
            }
            blocks.add(block(path, label, text.substring(begin.end(), end)));
            at = end + last.length();
        }
        if (blocks.isEmpty()) {
            throw new TlsException(path + ": holds nothing in PEM form (-----BEGIN ...)");
        }
        return blocks;
    }

    private static Block block(Path path, String label, String body) throws TlsException {
        // RFC 1421 headers, as in "Proc-Type: 4,ENCRYPTED", end with an empty line.
        boolean headers = body.contains(":");
        String base64 = headers ? body.substring(body.lastIndexOf(':')).replaceFirst("(?s)^.*?\\R\\s*\\R", "") : body;
        boolean encrypted = label.startsWith("ENCRYPTED ") || (headers && body.contains("ENCRYPTED"));
        try {
            return new Block(label, Base64.getDecoder().decode(base64.replaceAll("\\s", "")), encrypted);
        } catch (IllegalArgumentException e) {
            throw new TlsException(path + ": the block " + label + " is not Base64: " + e.getMessage(), e);
        }
    }

    /** @return at least one. */
    List<X509Certificate> certificates() throws TlsException {
        List<X509Certificate> certificates = new ArrayList<>();
        for (Block block : blocks) {
            if (block.label().equals("CERTIFICATE") || block.label().equals("X509 CERTIFICATE")) {
                certificates.add(certificate(block.der()));
            }
        }
        if (certificates.isEmpty()) {
            throw new TlsException(path + ": holds no certificate, only "
                    + String.join(", ", blocks.stream().map(Block::label).toList()));
        }
        return certificates;
    }

    private X509Certificate certificate(byte[] der) throws TlsException {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (CertificateException e) {
            throw new TlsException(path + ": a certificate in it is damaged: " + e.getMessage(), e);
        }
    }
}
