package dev.edgegateway.platform;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who may connect, each with a token: devices and gateways by type and id, applications by API key. There is no default
 * and no empty token. Immutable; any thread. Never shows a token.
 */
public final class Credentials {
    private final Map<String, byte[]> tokens;

    private Credentials(Map<String, byte[]> tokens) {
        this.tokens = Map.copyOf(tokens);
    }

    /** Collects credentials. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Reads a token from the first line of a file.
     *
     * @throws IllegalArgumentException if the file cannot be read or its first line is empty.
     */
    public static String readToken(Path file) {
        try (var lines = Files.lines(file)) {
            String token = lines.findFirst().orElse("").strip();
            if (token.isEmpty()) {
                throw new IllegalArgumentException("the first line of '" + file + "' holds no token");
            }
            return token;
        } catch (IOException | java.io.UncheckedIOException e) {
            throw new IllegalArgumentException("cannot read the token file '" + file + "': " + e, e);
        }
    }

    /** Names of all who may connect: {@code d:type:id}, {@code g:type:id}, or an API key. */
    Set<String> names() {
        return tokens.keySet();
    }

    boolean admitDevice(ClientIdentity.Device device, byte @Nullable [] token) {
        return matches(Builder.name("d", device.typeId(), device.deviceId()), token);
    }

    boolean admitGateway(ClientIdentity.Gateway gateway, byte @Nullable [] token) {
        return matches(Builder.name("g", gateway.typeId(), gateway.deviceId()), token);
    }

    boolean admitApplication(String apiKey, byte @Nullable [] token) {
        return apiKey.startsWith("a-") && matches(apiKey, token);
    }

    private boolean matches(String name, byte @Nullable [] token) {
        byte[] expected = tokens.get(name);
        return expected != null && token != null && MessageDigest.isEqual(expected, token);
    }

    @Override
    public String toString() {
        return "credentials of " + tokens.keySet();
    }

    /** Collects credentials; each name once. */
    public static final class Builder {
        private final Map<String, byte[]> tokens = new HashMap<>();

        private Builder() {}

        /** @throws IllegalArgumentException if an id, or the token, could not be one. */
        public Builder device(String typeId, String deviceId, String token) {
            return put(name("d", typeId, deviceId), token);
        }

        /** @throws IllegalArgumentException if an id, or the token, could not be one. */
        public Builder gateway(String typeId, String deviceId, String token) {
            return put(name("g", typeId, deviceId), token);
        }

        /**
         * Adds an API key for applications.
         *
         * @param apiKey {@code a-{org}-{random}}
         */
        public Builder application(String apiKey, String token) {
            String[] parts = apiKey.split("-", 3);
            if (parts.length != 3 || !parts[0].equals("a") || !Ids.isOrganization(parts[1]) || parts[2].isEmpty()) {
                throw new IllegalArgumentException("API key '" + apiKey + "' is not a-{org}-{random}");
            }
            return put(apiKey, token);
        }

        public Credentials build() {
            return new Credentials(tokens);
        }

        private Builder put(String name, String token) {
            if (token.isEmpty()) {
                throw new IllegalArgumentException("the token of " + name + " is empty");
            }
            if (tokens.put(name, token.getBytes(StandardCharsets.UTF_8)) != null) {
                throw new IllegalArgumentException(name + " has two tokens");
            }
            return this;
        }

        private static String name(String type, String typeId, String deviceId) {
            if (!Ids.isPart(typeId) || !Ids.isPart(deviceId)) {
                throw new IllegalArgumentException("'" + typeId + ":" + deviceId
                        + "' is not {type}:{id}, each 1 to 36 characters of A-Z a-z 0-9 - _ .");
            }
            return type + ":" + typeId + ":" + deviceId;
        }
    }
}
