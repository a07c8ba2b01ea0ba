package dev.edgegateway.demo;

import java.nio.file.Path;

/**
 * The configuration that the demo gives its gateway.
 *
 * @param port of the local broker.
 * @param platformPort where the uplink goes.
 * @param tokenFile with the gateway's token.
 * @param serialPort the device of the serial line.
 */
record GatewayToml(int port, int platformPort, Path tokenFile, Path serialPort) {
    static final String ORGANIZATION = "demo01";
    static final String TYPE = "edge-gateway";
    static final String DEVICE = "gw-001";
    static final String SERIAL_SENSOR = "mast";
    static final String SYSTEM_SENSOR = "board";

    String text() {
        return """
                [gateway]
                type_id = "%s"
                device_id = "%s"
                data_dir = "data"
                run_dir = "data"

                [[listener]]
                bind = "127.0.0.1"
                port = %d
                allow_anonymous = true

                [queue]
                max_bytes = "256MB"
                max_age = "1d"
                when_full = "reject"

                [uplink]
                profile = "iot-2"
                url = "tcp://127.0.0.1:%d"
                organization = "%s"
                token_file = %s
                keep_alive = "10s"
                reconnect_min = "200ms"
                reconnect_max = "2s"

                [[route]]
                topic = "sensors/{device}/{event}"
                type = "climate"
                qos = 1

                [[route]]
                topic = "edge-gateway/sensors/{event}"
                qos = 1

                [[sensor]]
                id = "%s"
                driver = "serial"
                port = %s
                baud = 9600

                [[sensor]]
                id = "%s"
                driver = "system"
                interval = "2s"
                """.formatted(
                        TYPE,
                        DEVICE,
                        port,
                        platformPort,
                        ORGANIZATION,
                        quoted(tokenFile),
                        SERIAL_SENSOR,
                        quoted(serialPort),
                        SYSTEM_SENSOR);
    }

    /** As a TOML string. */
    private static String quoted(Path path) {
        return '"' + path.toString().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
