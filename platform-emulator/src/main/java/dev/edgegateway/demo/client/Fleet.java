package dev.edgegateway.demo.client;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** The devices of the demo. Every process works them out for itself, from the same numbers. */
public final class Fleet {
    /** Every kind of device with every QoS in the first six, those with a promise first. */
    private static final int[] QOS_OF_PAIR = {1, 2, 0};

    private Fleet() {}

    /**
     * @param devices at least 1.
     * @param messagesPerSecond of all together, above 0.
     */
    public static List<DeviceSpec> of(int devices, double messagesPerSecond) {
        DeviceSpec.Kind[] kinds = DeviceSpec.Kind.values();
        return IntStream.range(0, devices)
                .mapToObj(i -> {
                    DeviceSpec.Kind kind = kinds[i % kinds.length];
                    String id = String.format(Locale.ROOT, "%s-%02d", kind.type(), i / kinds.length + 1);
                    int qos = QOS_OF_PAIR[i / kinds.length % QOS_OF_PAIR.length];
                    return new DeviceSpec(kind, id, qos, messagesPerSecond / devices);
                })
                .toList();
    }
}
