package dev.edgegateway.gateway.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is said of files that are wrong: where, what, and what to do. */
class BrokenConfigTest {
    @TempDir
    Path folder;

    /**
     * @param text follows {@link ConfigFolder#MINIMAL}, which ends in the table of the listener, so it starts on line 6.
     * @param expected {@code line:column severity: sentence}, one a line.
     */
    record Case(String name, String text, String expected) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Case> cases() {
        return List.of(
                new Case("an unknown key of a known table", """
                        [queue]
                        max_byte = "1GB"
                        """, """
                        7:1 error: queue.max_byte is not a known key; did you mean `max_bytes`?
                        """),
                new Case("an abbreviated key", """
                        [queue]
                        when = "reject"
                        """, """
                        7:1 error: queue.when is not a known key; did you mean `when_full`?
                        """),
                new Case("a key nothing resembles", """
                        [queue]
                        colour = "red"
                        """, """
                        7:1 error: queue.colour is not a known key; the known ones are max_bytes, max_age, when_full, commit_interval
                        """),
                new Case("an unknown table", """
                        [quoue]
                        max_bytes = "1GB"
                        """, """
                        6:1 error: quoue is not a known table; did you mean `[queue]`?
                        """),
                new Case("a table nothing resembles", """
                        [weather]
                        sun = true
                        """, """
                        6:1 error: weather is not a known table; the known ones are [gateway], [[listener]], [access], [[access.rule]], [queue], [uplink], [[route]], [[sensor]], [broker]
                        """),
                new Case("a size without a unit that exists", """
                        [queue]
                        max_bytes = "512XB"
                        """, """
                        7:13 error: queue.max_bytes is "512XB" (XB is no unit); expected a size from 1MB to 16TB, as in "512MB" (B, KB, MB, GB, TB)
                        """),
                new Case("a size below its minimum", """
                        [queue]
                        max_bytes = "1KB"
                        """, """
                        7:13 error: queue.max_bytes is "1KB"; expected a size from 1MB to 16TB, as in "512MB" (B, KB, MB, GB, TB)
                        """),
                new Case("a size past what a number holds", """
                        [queue]
                        max_bytes = "999999999TB"
                        """, """
                        7:13 error: queue.max_bytes is "999999999TB" (too large); expected a size from 1MB to 16TB, as in "512MB" (B, KB, MB, GB, TB)
                        """),
                new Case("a duration as a number", """
                        [queue]
                        max_age = 30
                        """, """
                        7:11 error: queue.max_age is 30; expected a duration from 1m to 3650d, as in "10s" (ms, s, m, h, d)
                        """),
                new Case("a duration beyond its range", """
                        [queue]
                        commit_interval = "6s"
                        """, """
                        7:19 error: queue.commit_interval is "6s"; expected a duration from 0s to 5s, as in "10s" (ms, s, m, h, d)
                        """),
                new Case("a word that is not one", """
                        [queue]
                        when_full = "drop"
                        """, """
                        7:13 error: queue.when_full is "drop"; expected "drop_oldest" or "reject"
                        """),
                new Case("a table where a value belongs", """
                        [queue]
                        max_age = { days = 3 }
                        """, """
                        7:1 error: queue.max_age is a table; expected a duration from 1m to 3650d, as in "10s" (ms, s, m, h, d)
                        """),
                new Case("a list where a value belongs", """
                        [queue]
                        max_age = ["3d"]
                        """, """
                        7:1 error: queue.max_age is a list; expected a duration from 1m to 3650d, as in "10s" (ms, s, m, h, d)
                        """),
                new Case("one table written as a list", """
                        [[queue]]
                        max_age = "3d"
                        """, """
                        6:1 error: queue is a list; there is one: write [queue] on a line of its own
                        """),
                new Case("a list of tables written as one", """
                        [route]
                        topic = "a"
                        [uplink]
                        profile = "mqtt"
                        url = "tcp://h:1"
                        """, """
                        6:1 error: route is a table; there may be several: write [[route]] above each
                        """),
                new Case("a port beyond its range", """
                        port = 65536
                        """, """
                        6:8 error: listener.port is 65536; expected a whole number from 0 to 65535
                        """),
                new Case("a port as text", """
                        port = "1883"
                        """, """
                        6:8 error: listener.port is "1883"; expected a whole number from 0 to 65535
                        """),
                new Case("a name instead of an address", """
                        bind = "localhost"
                        """, """
                        6:8 error: listener.bind is "localhost"; expected an IP address, as in "127.0.0.1", "0.0.0.0" or "::"
                        """),
                new Case("an open door without a confirmation", """
                        bind = "0.0.0.0"
                        """, """
                        5:19 error: listener.allow_anonymous is true on 0.0.0.0, where every machine of the network can publish and listen; bind to 127.0.0.1, or add insecure = true if that is what you want
                        """),
                new Case("two listeners on one port", """
                        [[listener]]
                        bind = "0.0.0.0"
                        allow_anonymous = true
                        insecure = true
                        """, """
                        6:1 error: listener.port is 1883, which the listener at 4:1 takes; expected another port or address
                        """),
                new Case("two listeners of one name", """
                        [[listener]]
                        name = "tcp"
                        port = 1884
                        allow_anonymous = true
                        """, """
                        7:8 error: listener.name is "tcp", as at 4:1; give each listener a name of its own
                        """),
                new Case("a listener nobody gets through", """
                        [[listener]]
                        port = 1884
                        """, """
                        6:1 warning: listener.allow_anonymous is false, so this listener lets nobody in: there are no users; set users_file in [access], or set this to true on a loopback address to let local clients in
                        """),
                new Case("a path without a WebSocket", """
                        path = "/mqtt"
                        """, """
                        6:1 error: listener.path belongs to transport websocket, and this listener has tcp; leave it out
                        """),
                new Case("a path that is none", """
                        transport = "websocket"
                        path = "mqtt?x"
                        """, """
                        7:8 error: listener.path is "mqtt?x"; expected a path of a URL, as in "/mqtt"
                        """),
                new Case("TLS by halves", """
                        key_file = "token"
                        client_ca_file = "token"
                        """, """
                        6:1 error: listener.key_file is of no use without cert_file; add cert_file
                        7:1 error: listener.client_ca_file is of no use without cert_file; add cert_file
                        """),
                new Case("a certificate without its key", """
                        cert_file = "token"
                        """, """
                        4:1 error: listener.key_file is missing; cert_file needs it: expected a path
                        """),
                new Case("a certificate that is none", """
                        cert_file = "token"
                        key_file = "token"
                        """, """
                        6:13 error: listener.cert_file cannot be used (token: holds nothing in PEM form (-----BEGIN ...)); expected files that fit together
                        """),
                new Case("certificates of clients without an authority", """
                        cert_file = "token"
                        key_file = "token"
                        client_certificates = "required"
                        """, """
                        4:1 error: listener.client_ca_file is missing; client_certificates needs it: expected a path
                        """),
                new Case("names from certificates nobody shows", """
                        cert_file = "token"
                        key_file = "token"
                        client_ca_file = "token"
                        use_identity_as_username = true
                        """, """
                        8:1 error: listener.client_ca_file is of no use with client_certificates = "none"; set client_certificates to "required" or "optional", or leave it out
                        9:28 error: listener.use_identity_as_username is of no use with client_certificates = "none"; set client_certificates to "required" or "optional", or leave it out
                        """),
                new Case("a secret in the file itself", """
                        [uplink]
                        profile = "mqtt"
                        url = "tcp://localhost:1"
                        username = "u"
                        password = "hunter2"
                        """, """
                        10:1 error: uplink.password is not a known key; secrets stand in files of their own: write `password_file`
                        """),
                new Case("an uplink without anything", """
                        [uplink]
                        """, """
                        6:1 error: uplink.profile is missing; expected "mqtt" or "iot-2"
                        6:1 error: uplink.url is missing; expected tcp://HOST:PORT or ssl://HOST:PORT
                        """),
                new Case("an uplink with a profile that does not exist", """
                        [uplink]
                        profile = "iot2"
                        url = "mqtt://host"
                        window = 0
                        """, """
                        7:11 error: uplink.profile is "iot2"; expected "mqtt" or "iot-2"
                        8:7 error: uplink.url is "mqtt://host" (has the scheme mqtt); expected tcp://HOST:PORT or ssl://HOST:PORT
                        9:10 error: uplink.window is 0; expected a whole number from 1 to 10000
                        """),
                new Case("a URL with credentials", """
                        [uplink]
                        profile = "mqtt"
                        url = "tcp://user:secret@host:1"
                        """, """
                        8:7 error: uplink.url is "tcp://...@host:1" (holds credentials, which belong into username and password_file); expected tcp://HOST:PORT or ssl://HOST:PORT
                        """),
                new Case("a URL without a port", """
                        [uplink]
                        profile = "mqtt"
                        url = "tcp://host"
                        """, """
                        8:7 error: uplink.url is "tcp://host" (has no port); expected tcp://HOST:PORT or ssl://HOST:PORT
                        """),
                new Case("a URL that goes on", """
                        [uplink]
                        profile = "mqtt"
                        url = "ssl://host:1/path"
                        """, """
                        8:7 error: uplink.url is "ssl://host:1/path" (goes on after the port); expected tcp://HOST:PORT or ssl://HOST:PORT
                        """),
                new Case("two uplinks", """
                        [[uplink]]
                        profile = "mqtt"
                        url = "tcp://h:1"
                        [[uplink]]
                        name = "two"
                        profile = "mqtt"
                        url = "tcp://h:2"
                        """, """
                        9:1 error: uplink is there more than once; this version relays to one platform
                        """),
                new Case("keys of iot-2 under mqtt", """
                        [uplink]
                        profile = "mqtt"
                        url = "tcp://h:1"
                        organization = "org001"
                        token_file = "token"
                        [[route]]
                        topic = "a/{device}"
                        event = "x"
                        """, """
                        9:1 error: uplink.organization belongs to profile iot-2, and this uplink has profile mqtt; leave it out
                        10:1 error: uplink.token_file belongs to profile iot-2, and this uplink has profile mqtt; leave it out
                        13:1 error: route.event belongs to profile iot-2, and the uplink has profile mqtt; use remote_prefix or remote_topic
                        """),
                new Case("keys of mqtt under iot-2", """
                        [uplink]
                        profile = "iot-2"
                        url = "ssl://h:1"
                        organization = "org001"
                        token_file = "token"
                        username = "u"
                        [[route]]
                        topic = "a/{device}/{event}"
                        type = "t"
                        remote_prefix = "x"
                        """, """
                        11:1 error: uplink.username belongs to profile mqtt, and this uplink has profile iot-2; leave it out
                        15:1 error: route.remote_prefix belongs to profile mqtt, and the uplink has profile iot-2; use type, device and event
                        """),
                new Case("iot-2 without organization and token", """
                        [uplink]
                        profile = "iot-2"
                        url = "ssl://h:1"
                        """, """
                        6:1 error: uplink.organization is missing; profile iot-2 needs it: expected 1 to 36 of A-Z a-z 0-9 - _ .
                        6:1 error: uplink.token_file is missing; profile iot-2 needs it: expected a path
                        """),
                new Case("a client id that iot-2 does not allow", """
                        [uplink]
                        profile = "iot-2"
                        url = "ssl://h:1"
                        organization = "org001"
                        token_file = "token"
                        client_id = "gw"
                        """, """
                        11:13 error: uplink.client_id is "gw", but profile iot-2 makes it "g:org001:edge-gateway:gw-001"; leave it out
                        """),
                new Case("a token over a readable line", """
                        [uplink]
                        profile = "iot-2"
                        url = "tcp://h:1"
                        organization = "org001"
                        token_file = "token"
                        """, """
                        8:7 warning: uplink.url is tcp://h:1, so the token travels readable for everyone on the way; use ssl:// unless the line itself is safe
                        """),
                new Case("a token file that is not there", """
                        [uplink]
                        profile = "iot-2"
                        url = "ssl://h:1"
                        organization = "org001"
                        token_file = "none"
                        """, """
                        10:14 error: uplink.token_file is none, which does not exist; make the file, with the secret in its only line
                        """),
                new Case("a password without a user", """
                        [uplink]
                        profile = "mqtt"
                        url = "tcp://h:1"
                        password_file = "token"
                        """, """
                        9:17 error: uplink.password_file is given without username; MQTT has no password without a user name
                        """),
                new Case("certificates without encryption", """
                        [uplink]
                        profile = "mqtt"
                        url = "tcp://h:1"
                        ca_file = "token"
                        """, """
                        9:11 error: uplink.ca_file is of no use with tcp://h:1; write ssl:// in uplink.url, or leave it out
                        """),
                new Case("pauses the wrong way round", """
                        [uplink]
                        profile = "mqtt"
                        url = "tcp://h:1"
                        reconnect_min = "10s"
                        reconnect_max = "5s"
                        """, """
                        9:17 error: uplink.reconnect_min is 10s, longer than reconnect_max = 5s; expected the shorter of the two
                        """),
                new Case("fractions of a second where MQTT has none", """
                        [uplink]
                        profile = "mqtt"
                        url = "tcp://h:1"
                        keep_alive = "10500ms"
                        """, """
                        9:14 error: uplink.keep_alive is 10500ms; expected whole seconds
                        """),
                new Case("a status topic with a wildcard", """
                        [uplink]
                        profile = "mqtt"
                        url = "tcp://h:1"
                        status_topic = "{client_id}/#"
                        """, """
                        9:16 error: uplink.status_topic comes to "gw-001/#" (topic name 'gw-001/#' holds the wildcard # at position 7); expected a topic without wildcards
                        """),
                new Case("a route without an uplink", """
                        [[route]]
                        topic = "a/#"
                        """, """
                        6:1 warning: route leads nowhere without [uplink]; routes are ignored
                        """),
                new Case("a filter that is none", """
                        [uplink]
                        profile = "mqtt"
                        url = "tcp://h:1"
                        [[route]]
                        topic = "a/#/b"
                        [[route]]
                        topic = "a/b{c}"
                        [[route]]
                        topic = "{a}/{a}"
                        """, """
                        10:9 error: route.topic is "a/#/b" ('#' must be the whole last level of topic filter 'a/#/b'); expected a topic filter, as in "bench/#" or "sensors/{device}/{event}"
                        12:9 error: route.topic is "a/b{c}" (a capture must fill a whole level: 'b{c}' in topic 'a/b{c}' should read like {device}); expected a topic filter, as in "bench/#" or "sensors/{device}/{event}"
                        14:9 error: route.topic is "{a}/{a}" (topic '{a}/{a}' captures {a} twice); expected a topic filter, as in "bench/#" or "sensors/{device}/{event}"
                        """),
                new Case("a capture the topic does not have", """
                        [uplink]
                        profile = "mqtt"
                        url = "tcp://h:1"
                        [[route]]
                        topic = "a/{device}"
                        remote_topic = "b/{devcie}"
                        [[route]]
                        topic = "a/b"
                        remote_topic = "b/{x}"
                        """, """
                        11:16 error: route.remote_topic uses {devcie}, which the topic "a/{device}" does not capture; did you mean `device`?
                        14:16 error: route.remote_topic uses {x}, which the topic "a/b" does not capture; write {x} for one of its levels
                        """),
                new Case("a way down that does not lead back", """
                        [uplink]
                        profile = "mqtt"
                        url = "tcp://h:1"
                        [[route]]
                        topic = "a/{device}"
                        remote_topic = "b"
                        direction = "in"
                        [[route]]
                        topic = "b/+"
                        remote_topic = "b"
                        direction = "both"
                        [[route]]
                        topic = "c/{d}"
                        remote_topic = "b-{d}"
                        direction = "in"
                        """, """
                        11:16 error: route.remote_topic leaves out {device}; messages that come down need every level of the topic in it
                        15:16 error: route.remote_topic does not say what the wildcards of topic stand for; messages that come down need every level of the topic in it
                        19:16 error: route.remote_topic is "b-{d}" (a capture must fill a whole level: 'b-{d}' in topic 'b-{d}' should read like {device}); messages that come down need every level of the topic in it
                        """),
                new Case("both ways to name the remote topic", """
                        [uplink]
                        profile = "mqtt"
                        url = "tcp://h:1"
                        [[route]]
                        topic = "a"
                        remote_topic = "b"
                        remote_prefix = "c"
                        """, """
                        12:1 error: route.remote_prefix and remote_topic exclude each other; keep one of the two
                        """),
                new Case("a route another hides", """
                        [uplink]
                        profile = "mqtt"
                        url = "tcp://h:1"
                        [[route]]
                        topic = "a/{x}"
                        [[route]]
                        topic = "a/+"
                        """, """
                        12:9 warning: route.topic matches what the route at 10:9 has matched before; the first route counts
                        """),
                new Case("events that are not complete", """
                        [uplink]
                        profile = "iot-2"
                        url = "ssl://h:1"
                        organization = "org001"
                        token_file = "token"
                        [[route]]
                        topic = "a/{device}"
                        event = "e"
                        [[route]]
                        topic = "b/{event}"
                        type = "t"
                        [[route]]
                        topic = "c/#"
                        [[route]]
                        topic = "d/{event}"
                        direction = "both"
                        [[route]]
                        topic = "e"
                        event = "a/b"
                        [[route]]
                        topic = "f"
                        event = "x"
                        type = "no space"
                        device = "d"
                        """, """
                        11:1 error: route.type is missing; give both type and device, or neither for an event of the gateway itself; or capture {type} in the topic
                        14:1 error: route.device is missing; give both type and device, or neither for an event of the gateway itself; or capture {device} in the topic
                        17:1 error: route.event is missing; name the event, or capture {event} in the topic
                        21:13 error: route.direction needs profile mqtt; commands of profile iot-2 reach their device without a route
                        24:9 error: route.event is "a/b"; expected an event, as in "status" or "{event}"
                        28:8 error: route.type is "no space"; expected a device type, as in "pump" or "{type}"
                        """),
                new Case("an unknown driver", """
                        [[sensor]]
                        id = "s"
                        driver = "sytem"
                        """, """
                        8:10 error: sensor.driver is "sytem", and no such driver is installed; did you mean `system`?
                        """),
                new Case("a sensor without anything", """
                        [[sensor]]
                        """, """
                        6:1 error: sensor.id is missing; expected 1 to 36 of A-Z a-z 0-9 - _ .
                        6:1 error: sensor.driver is missing; expected one of serial, system
                        """),
                new Case("options that do not fit their driver", """
                        [[sensor]]
                        id = "s"
                        driver = "serial"
                        baud = "9600"
                        scale = true
                        format = "nema"
                        silence = 5
                        invert = 1
                        buad = 1
                        """, """
                        6:1 error: sensor.device is missing; expected text of 1 to 1000 characters
                        9:8 error: sensor.baud is "9600"; expected a whole number of at most 32 bits, as in 118 or 0x76
                        10:9 error: sensor.scale is true; expected a number
                        11:10 error: sensor.format is "nema"; expected "nmea" or "key_value"
                        12:11 error: sensor.silence is 5; expected a duration from 0s to 3650d, as in "10s" (ms, s, m, h, d)
                        13:10 error: sensor.invert is 1; expected true or false
                        14:1 error: sensor.buad is not a known key; did you mean `baud`?
                        """),
                new Case("an option past what a driver takes", """
                        [[sensor]]
                        id = "s"
                        driver = "serial"
                        device = "/dev/ttyS0"
                        baud = 5000000000
                        """, """
                        10:8 error: sensor.baud is 5000000000; expected a whole number of at most 32 bits, as in 118 or 0x76
                        """),
                new Case("options that the driver itself does not take", """
                        [[sensor]]
                        id = "s"
                        driver = "serial"
                        device = "/dev/ttyS0"
                        baud = 7
                        [[sensor]]
                        id = "t"
                        driver = "serial"
                        device = "/dev/tty13"
                        """, """
                        10:8 error: sensor.baud must be 50 or more, not 7; see the keys of this driver
                        13:10 error: sensor.driver does not take these keys; line 13 is not what it seems
                        """),
                new Case("two sensors of one id", """
                        [[sensor]]
                        id = "s"
                        driver = "system"
                        [[sensor]]
                        id = "s"
                        driver = "system"
                        """, """
                        10:6 error: sensor.id is "s", as at 7:6; give each sensor an id of its own
                        """),
                new Case("an id with a slash", """
                        [[sensor]]
                        id = "a/b"
                        driver = "system"
                        """, """
                        7:6 error: sensor.id is "a/b"; expected 1 to 36 of A-Z a-z 0-9 - _ .
                        """),
                new Case("what is no TOML", """
                        port = 18x83
                        [queue
                        max_bytes = "512XB"
                        [[sensor]]
                        driver = "system"
                        id =
                        """, """
                        6:10 error: cannot be read as TOML: unexpected 'x83', expected a newline or end-of-input
                        7:7 error: cannot be read as TOML: unexpected end of line, expected ]
                        8:13 error: queue.max_bytes is "512XB" (XB is no unit); expected a size from 1MB to 16TB, as in "512MB" (B, KB, MB, GB, TB)
                        11:5 error: cannot be read as TOML: unexpected end of line, expected a value
                        """),
                new Case("one key twice", """
                        port = 1
                        port = 2
                        """, """
                        7:1 error: cannot be read as TOML: port previously defined at line 6, column 1
                        """),
                new Case("a value with a control character", """
                        [queue]
                        max_age = "\\u0007"
                        """, """
                        7:11 error: queue.max_age is "\\u0007"; expected a duration from 1m to 3650d, as in "10s" (ms, s, m, h, d)
                        """));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void sayingWhatIsWrong(Case broken) {
        ConfigFolder files = new ConfigFolder(folder)
                .withSecret("token", "secret-token")
                .with("gateway.toml", ConfigFolder.MINIMAL + broken.text());

        List<String> problems = files.problems();

        assertEquals(
                broken.expected(),
                problems.stream().map(problem -> problem + "\n").collect(Collectors.joining()));
    }
}
