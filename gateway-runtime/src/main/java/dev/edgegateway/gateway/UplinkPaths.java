package dev.edgegateway.gateway;

import dev.edgegateway.broker.TopicFilter;
import dev.edgegateway.gateway.config.GatewayConfig;
import dev.edgegateway.gateway.config.SensorConfig;
import dev.edgegateway.gateway.config.UplinkConfig;
import dev.edgegateway.gateway.uplink.Destination;
import dev.edgegateway.gateway.uplink.DeviceAddress;
import dev.edgegateway.gateway.uplink.PlatformTopics;
import dev.edgegateway.gateway.uplink.Route;
import dev.edgegateway.gateway.uplink.Routes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which topics lead up and which come down on the uplink, as its profile has it.
 *
 * @param statusTopic where the gateway says online and offline at the platform.
 * @param retainGoesUp whether the far side knows retained messages; the platform's protocol does not.
 * @param downlinkFilters what to subscribe with there.
 */
record UplinkPaths(Routes routes, String statusTopic, boolean retainGoesUp, List<TopicFilter> downlinkFilters) {

    static UplinkPaths of(GatewayConfig config, UplinkConfig uplink) {
        List<Route> routes = new ArrayList<>();
        config.routes().forEach(route -> routes.add(route.route()));
        return switch (uplink.profile()) {
            case UplinkConfig.Mqtt mqtt -> {
                Routes compiled = Routes.mqtt(routes);
                yield new UplinkPaths(compiled, mqtt.statusTopic(), true, compiled.downlinkFilters());
            }
            case UplinkConfig.Iot2 iot2 -> {
                DeviceAddress self = new DeviceAddress(
                        config.gateway().typeId(), config.gateway().deviceId());
                config.sensors().forEach(sensor -> routes.add(ownEvent(self, sensor)));
                yield new UplinkPaths(
                        Routes.iot2(routes),
                        new PlatformTopics(self).ownStatus().value(),
                        false,
                        List.of(PlatformTopics.allCommands()));
            }
        };
    }

    /** A sensor of the board is an event of the gateway itself, named like the sensor; a route of the user's goes first. */
    private static Route ownEvent(DeviceAddress self, SensorConfig sensor) {
        return Route.up(
                sensor.topic().value(),
                new Route.DeviceEvent(self.typeId(), self.deviceId(), sensor.id(), PlatformTopics.JSON),
                1);
    }

    /** Where a message from the platform belongs here; null if nowhere. */
    @Nullable
    String localTopic(String remoteTopic) {
        if (!retainGoesUp) {
            return PlatformTopics.parseCommand(remoteTopic).isPresent() ? remoteTopic : null;
        }
        return switch (routes.localDestination(remoteTopic)) {
            case Destination.To to -> to.topic();
            case Destination.Stays stays -> null;
            case Destination.Unroutable unroutable -> null;
        };
    }
}
