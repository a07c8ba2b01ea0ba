package dev.edgegateway.platform;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The devices each gateway has spoken for. A device is registered by the first message or subscription for it; a
 * gateway may have a bounded number. Written on thread {@code broker}, read from any.
 */
final class Registry {
    private final int maxPerGateway;
    private final Map<ClientIdentity.Gateway, Set<String>> devices = new ConcurrentHashMap<>();

    Registry(int maxPerGateway) {
        this.maxPerGateway = maxPerGateway;
    }

    /** What became of a registration. */
    enum Result {
        KNOWN,
        REGISTERED,
        BAD_ID,
        TOO_MANY
    }

    /** Makes sure a device is registered. The gateway itself always is. */
    Result register(ClientIdentity.Gateway gateway, String typeId, String deviceId) {
        if (gateway.is(typeId, deviceId)) {
            return Result.KNOWN;
        }
        Set<String> known = devices.computeIfAbsent(gateway, any -> ConcurrentHashMap.newKeySet());
        String name = typeId + ":" + deviceId;
        if (known.contains(name)) {
            return Result.KNOWN;
        }
        if (!Ids.isPart(typeId) || !Ids.isPart(deviceId)) {
            return Result.BAD_ID;
        }
        if (known.size() >= maxPerGateway) {
            return Result.TOO_MANY;
        }
        known.add(name);
        return Result.REGISTERED;
    }

    /** Devices of one gateway, as {@code type:id}, sorted. */
    Set<String> devicesOf(ClientIdentity.Gateway gateway) {
        return new TreeSet<>(devices.getOrDefault(gateway, Set.of()));
    }
}
