package dev.edgegateway.demo;

import dev.edgegateway.demo.client.DeviceSpec;
import dev.edgegateway.demo.client.Fleet;
import java.util.List;
import picocli.CommandLine.Option;

/** What both client processes are told. */
final class ClientOptions {
    @Option(names = "--port", required = true)
    private int port;

    @Option(names = "--devices", required = true)
    private int devices;

    @Option(names = "--rate", required = true)
    private double rate;

    @Option(names = "--seed", required = true)
    private long seed;

    String uri() {
        return "tcp://127.0.0.1:" + port;
    }

    List<DeviceSpec> fleet() {
        return Fleet.of(devices, rate);
    }

    long seed() {
        return seed;
    }
}
