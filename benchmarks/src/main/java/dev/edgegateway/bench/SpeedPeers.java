package dev.edgegateway.bench;

import dev.edgegateway.bench.peer.GatewayProcess.Setup;
import dev.edgegateway.bench.peer.Mosquitto;
import dev.edgegateway.bench.peer.Peer;
import dev.edgegateway.bench.report.Scenario;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The processes of a speed run; all stay up until its end, so that each is warm when its turn comes. */
final class SpeedPeers implements AutoCloseable {
    private final Map<Setup, Peer> gateways = new EnumMap<>(Setup.class);
    private final Peer mosquitto;

    /** @param jvmOptions further options for the gateway's JVM. */
    SpeedPeers(Workspace workspace, Set<Scenario> scenarios, List<String> jvmOptions) {
        mosquitto = Mosquitto.start(workspace.directory().resolve("mosquitto"));
        try {
            for (Scenario scenario : scenarios) {
                gateways.computeIfAbsent(
                        setup(scenario),
                        setup -> workspace
                                .gateway(setup.name(), setup, jvmOptions)
                                .start());
            }
        } catch (RuntimeException failure) {
            close();
            throw failure;
        }
    }

    private static Setup setup(Scenario scenario) {
        return scenario == Scenario.DURABLE ? Setup.EXAMPLE : Setup.BROKER_ONLY;
    }

    Peer mosquitto() {
        return mosquitto;
    }

    /** The gateway as the scenario wants it. */
    Peer gateway(Scenario scenario) {
        Peer gateway = gateways.get(setup(scenario));
        if (gateway == null) {
            throw new IllegalArgumentException("no gateway was started for " + scenario);
        }
        return gateway;
    }

    @Override
    public void close() {
        List<Peer> all = new ArrayList<>(gateways.values());
        all.add(mosquitto);
        all.forEach(Peer::close);
    }
}
