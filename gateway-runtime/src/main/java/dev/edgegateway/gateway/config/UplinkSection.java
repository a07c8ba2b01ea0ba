package dev.edgegateway.gateway.config;

import dev.edgegateway.broker.TopicName;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code [uplink]}. */
final class UplinkSection {
    /** The word of the file for each sort of {@link UplinkConfig.Profile}. */
    enum ProfileName {
        MQTT,
        IOT_2
    }

    private static final Map<String, ProfileName> PROFILES = new LinkedHashMap<>();

    static {
        PROFILES.put("mqtt", ProfileName.MQTT);
        PROFILES.put("iot-2", ProfileName.IOT_2);
    }

    private static final Key<String> NAME =
            Key.withDefault("name", Kinds.identifier(), "uplink", "What reports call it.");
    private static final Key<ProfileName> PROFILE = Key.required(
            "profile",
            Kinds.word(PROFILES),
            "`mqtt` is a plain bridge to a broker; `iot-2` speaks the platform's protocol for gateways.");
    private static final Key<PlatformUrl> URL =
            Key.required("url", Kinds.url(), "Where the platform is; `ssl` encrypts, `tcp` does not.");
    private static final Key<String> CLIENT_ID = Key.optional(
            "client_id",
            Kinds.text(256),
            "profile mqtt: `gateway.device_id`; profile iot-2: `g:{organization}:{type_id}:{device_id}`, and nothing else"
                    + " is allowed",
            "Who the gateway is to the platform's broker.");
    private static final Key<String> ORGANIZATION = Key.optional(
            "organization", Kinds.identifier(), "required with profile iot-2", "Profile iot-2: the organization's id.");
    private static final Key<Path> TOKEN_FILE = Key.optional(
            "token_file",
            Kinds.path(),
            "required with profile iot-2",
            "Profile iot-2: a file with the gateway's token in its only line. It is read at each connection.");
    private static final Key<String> USERNAME =
            Key.optional("username", Kinds.text(256), "no user name is sent", "Profile mqtt: the user name.");
    private static final Key<Path> PASSWORD_FILE = Key.optional(
            "password_file",
            Kinds.path(),
            "no password is sent",
            "Profile mqtt: a file with the password in its only line. It is read at each connection.");
    private static final Key<String> STATUS_TOPIC = Key.withDefault(
            "status_topic",
            Kinds.text(1000),
            "edge-gateway/{client_id}/status",
            "Profile mqtt: where the gateway says, retained, that it is online or offline; `{client_id}` stands for the"
                    + " client id.");
    private static final Key<Path> CA_FILE = Key.optional(
            "ca_file",
            Kinds.path(),
            "the certificates the Java runtime trusts",
            "Certificates in PEM form that are trusted instead; only with `ssl`.");
    private static final Key<Integer> WINDOW = Key.withDefault(
            "window",
            Kinds.integer(1, 10_000),
            500,
            "Messages on their way to the platform and not yet acknowledged by it; after a crash up to so many may arrive"
                    + " twice.");
    private static final Key<Duration> KEEP_ALIVE = Key.withDefault(
            "keep_alive",
            Kinds.duration("5s", "65535s"),
            Duration.ofSeconds(60),
            "How long the line may be silent before it is probed; whole seconds.");
    private static final Key<Duration> CONNECT_TIMEOUT = Key.withDefault(
            "connect_timeout",
            Kinds.duration("1s", "5m"),
            Duration.ofSeconds(10),
            "How long the platform may take to let the gateway in; whole seconds.");
    private static final Key<Duration> RECONNECT_MIN = Key.withDefault(
            "reconnect_min",
            Kinds.duration("100ms", "1h"),
            Duration.ofSeconds(1),
            "The pause after the first failed connection; it grows from there, with some jitter.");
    private static final Key<Duration> RECONNECT_MAX = Key.withDefault(
            "reconnect_max",
            Kinds.duration("1s", "1d"),
            Duration.ofMinutes(5),
            "The longest pause between two attempts.");

    private static final List<Key<?>> MQTT_ONLY = List.of(USERNAME, PASSWORD_FILE, STATUS_TOPIC);
    private static final List<Key<?>> IOT_2_ONLY = List.of(ORGANIZATION, TOKEN_FILE);

    static final Section SECTION = new Section(
            "uplink",
            false,
            "The platform that messages are relayed to. Without it nothing is relayed. `[[uplink]]` is accepted too, but"
                    + " this version relays to one platform.",
            List.of(
                    NAME,
                    PROFILE,
                    URL,
                    CLIENT_ID,
                    ORGANIZATION,
                    TOKEN_FILE,
                    USERNAME,
                    PASSWORD_FILE,
                    STATUS_TOPIC,
                    CA_FILE,
                    WINDOW,
                    KEEP_ALIVE,
                    CONNECT_TIMEOUT,
                    RECONNECT_MIN,
                    RECONNECT_MAX));

    private final TableReader table;
    private final GatewayIdentity gateway;
    private final boolean gatewayKnown;
    private final Surroundings surroundings;

    private UplinkSection(TableReader table, GatewaySection.Read gateway, Surroundings surroundings) {
        this.table = table;
        this.gateway = gateway.identity();
        this.gatewayKnown = gateway.identityKnown();
        this.surroundings = surroundings;
    }

    /** @return empty if the profile is not known, without which routes cannot be read. */
    static Optional<UplinkConfig> read(TableReader table, GatewaySection.Read gateway, Surroundings surroundings) {
        table.refuseOthers(SECTION.keys());
        Optional<ProfileName> profile = table.find(PROFILE);
        if (!table.has(PROFILE)) {
            table.missing(PROFILE, PROFILE.kind().expected());
        }
        UplinkSection section = new UplinkSection(table, gateway, surroundings);
        // Even without a profile the other keys are looked at, so that all that is wrong is said at once.
        UplinkConfig.Profile mqtt = new UplinkConfig.Mqtt(null, null, "status");
        return profile.map(known -> section.read(
                        switch (known) {
                            case MQTT -> section.mqtt();
                            case IOT_2 -> section.iot2();
                        }))
                .or(() -> {
                    section.read(mqtt);
                    return Optional.empty();
                });
    }

    private UplinkConfig read(UplinkConfig.Profile profile) {
        PlatformUrl url = table.get(URL);
        Optional<Path> caFile = table.find(CA_FILE).map(surroundings::resolve);
        if (caFile.isPresent() && table.sound(URL) && !url.tls()) {
            table.error(CA_FILE, "is of no use with " + url, "write ssl:// in uplink.url, or leave it out");
        }
        caFile.filter(path -> !Files.isReadable(path))
                .ifPresent(
                        path -> table.error(CA_FILE, "is " + path + ", which cannot be read", "expected a PEM file"));
        Duration min = table.get(RECONNECT_MIN);
        Duration max = table.get(RECONNECT_MAX);
        if (table.sound(RECONNECT_MIN, RECONNECT_MAX) && min.compareTo(max) > 0) {
            table.error(
                    RECONNECT_MIN,
                    "is " + Units.write(min) + ", longer than reconnect_max = " + Units.write(max),
                    "expected the shorter of the two");
        }
        return new UplinkConfig(
                table.get(NAME),
                url,
                clientId(profile),
                profile,
                table.get(WINDOW),
                wholeSeconds(KEEP_ALIVE),
                wholeSeconds(CONNECT_TIMEOUT),
                min,
                max,
                caFile);
    }

    private UplinkConfig.Profile mqtt() {
        table.refuse(IOT_2_ONLY, "belongs to profile iot-2, and this uplink has profile mqtt", "leave it out");
        Optional<String> username = table.find(USERNAME);
        Optional<SecretFile> password = secret(PASSWORD_FILE);
        if (password.isPresent() && !table.has(USERNAME)) {
            // MQTT 3.1.1 section 3.1.2.9.
            table.error(PASSWORD_FILE, "is given without username", "MQTT has no password without a user name");
        }
        String clientId = table.find(CLIENT_ID).orElse(gateway.deviceId());
        String statusTopic = table.get(STATUS_TOPIC).replace("{client_id}", clientId);
        try {
            statusTopic = new TopicName(statusTopic).value();
        } catch (IllegalArgumentException e) {
            table.error(
                    STATUS_TOPIC,
                    "comes to " + Node.quoted(statusTopic) + " (" + e.getMessage() + ")",
                    "expected a topic without wildcards");
        }
        return new UplinkConfig.Mqtt(username.orElse(null), password.orElse(null), statusTopic);
    }

    private UplinkConfig.Profile iot2() {
        table.refuse(MQTT_ONLY, "belongs to profile mqtt, and this uplink has profile iot-2", "leave it out");
        for (Key<?> key : IOT_2_ONLY) {
            if (!table.has(key)) {
                table.missing(key, "profile iot-2 needs it: " + key.kind().expected());
            }
        }
        String organization = table.find(ORGANIZATION).orElse("id");
        Optional<SecretFile> token = secret(TOKEN_FILE);
        PlatformUrl url = table.get(URL);
        if (table.sound(URL) && !url.tls() && !isLoopback(url.host())) {
            table.warning(
                    URL,
                    "is " + url + ", so the token travels readable for everyone on the way",
                    "use ssl:// unless the line itself is safe");
        }
        return new UplinkConfig.Iot2(organization, token.orElse(new SecretFile(Path.of("/"))));
    }

    private String clientId(UplinkConfig.Profile profile) {
        Optional<String> given = table.find(CLIENT_ID);
        return switch (profile) {
            case UplinkConfig.Mqtt _ -> given.orElse(gateway.deviceId());
            case UplinkConfig.Iot2(String organization, SecretFile _) -> {
                String derived = "g:" + organization + ":" + gateway.typeId() + ":" + gateway.deviceId();
                if (table.sound(ORGANIZATION)
                        && gatewayKnown
                        && given.isPresent()
                        && !given.get().equals(derived)) {
                    table.error(
                            CLIENT_ID,
                            "is " + Node.quoted(given.get()) + ", but profile iot-2 makes it " + Node.quoted(derived),
                            "leave it out");
                }
                yield derived;
            }
        };
    }

    private Duration wholeSeconds(Key<Duration> key) {
        Duration duration = table.get(key);
        if (duration.toMillisPart() != 0) {
            table.error(key, "is " + Units.write(duration), "expected whole seconds");
        }
        return duration;
    }

    private Optional<SecretFile> secret(Key<Path> key) {
        Optional<Path> path = table.find(key).map(surroundings::resolve);
        path.ifPresent(file -> checkSecret(key, file));
        return path.map(SecretFile::new);
    }

    private void checkSecret(Key<Path> key, Path file) {
        try {
            new SecretFile(file).read();
        } catch (NoSuchFileException e) {
            table.error(
                    key, "is " + file + ", which does not exist", "make the file, with the secret in its only line");
        } catch (AccessDeniedException e) {
            table.error(
                    key,
                    "is " + file + ", which this user may not read",
                    "run as the gateway's user, or let it read the file");
        } catch (CharacterCodingException e) {
            table.error(key, "is " + file + ", which is not text in UTF-8", "expected the secret in its only line");
        } catch (IOException e) {
            table.error(key, "cannot be used (" + e.getMessage() + ")", "expected the secret in its only line");
        }
        if (othersMayRead(file)) {
            table.warning(key, "is " + file + ", which every user of this machine may read", "chmod o-rwx " + file);
        }
    }

    private static boolean othersMayRead(Path file) {
        try {
            return Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ);
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    /** Decided without asking a name service. */
    private static boolean isLoopback(String host) {
        try {
            return InetAddress.ofLiteral(host).isLoopbackAddress();
        } catch (IllegalArgumentException e) {
            return host.equals("localhost");
        }
    }
}
