package dev.edgegateway.gateway.control;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Reports to show and to send. */
public final class StatusReports {
    private StatusReports() {}

    /** A gateway in the middle of an outage, with a sensor in every state. */
    public static StatusReport duringAnOutage() {
        return new StatusReport(
                new StatusReport.Gateway("edge-gateway", "gw-001", "0.1.0", 7, 4711, 93784),
                new StatusReport.Broker(
                        List.of(new StatusReport.Listener("tcp", "127.0.0.1", 1883)),
                        12,
                        15,
                        31,
                        4,
                        1_234_567,
                        2_345_678,
                        3,
                        42,
                        123_456),
                new StatusReport.Uplink(
                        StatusReport.UplinkState.WAITING,
                        "uplink",
                        "mqtt",
                        "tcp://127.0.0.1:21883",
                        125,
                        "connection refused",
                        0),
                new StatusReport.Queue(20_000, 5_242_880, 536_870_912, 125L, 1_000_000, 980_000, 0),
                new StatusReport.Store(5120, 73_400_320, 8_388_608),
                List.of(
                        new StatusReport.Sensor(
                                "board",
                                "system",
                                StatusReport.SensorState.GOOD,
                                4L,
                                null,
                                List.of(
                                        new StatusReport.Value("temperature", 48.25, "Cel"),
                                        new StatusReport.Value("load", 0.5, ""))),
                        new StatusReport.Sensor(
                                "gps",
                                "nmea",
                                StatusReport.SensorState.FAILED,
                                null,
                                "no such line: /dev/ttyS9",
                                List.of()),
                        new StatusReport.Sensor(
                                "boiler",
                                "key_value",
                                StatusReport.SensorState.STALE,
                                3700L,
                                null,
                                List.of(new StatusReport.Value("pressure", 101_325, "Pa")))));
    }

    /** A gateway without uplink and sensors. */
    public static StatusReport withoutUplink() {
        StatusReport other = duringAnOutage();
        return new StatusReport(
                other.gateway(),
                other.broker(),
                StatusReport.Uplink.NONE,
                new StatusReport.Queue(0, 0, 536_870_912, null, 0, 0, 0),
                other.store(),
                List.of());
    }

    /** The one command, answered with this report. */
    public static Map<String, ControlCommand> asked(Supplier<StatusReport> report) {
        return Map.of("status", request -> report.get().toJson());
    }
}
