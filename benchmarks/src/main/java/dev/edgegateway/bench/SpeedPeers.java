package dev.edgegateway.bench;

import dev.edgegateway.bench.peer.Mosquitto;
import dev.edgegateway.bench.peer.OwnBroker;
import dev.edgegateway.bench.peer.Peer;
import java.nio.file.Path;
import java.util.List;

/** The processes of a speed run; all stay up until its end, so that each is warm when its turn comes. */
record SpeedPeers(Peer own, Peer mosquitto) implements AutoCloseable {

    static SpeedPeers start(Path directory, Path jvmOptions, List<String> moreJvmOptions) {
        Peer mosquitto = Mosquitto.start(directory.resolve("mosquitto"));
        try {
            return new SpeedPeers(OwnBroker.start(directory.resolve("broker"), jvmOptions, moreJvmOptions), mosquitto);
        } catch (RuntimeException failure) {
            mosquitto.close();
            throw failure;
        }
    }

    @Override
    public void close() {
        own.close();
        mosquitto.close();
    }
}
