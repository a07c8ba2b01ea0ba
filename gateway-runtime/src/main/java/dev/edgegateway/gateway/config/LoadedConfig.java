package dev.edgegateway.gateway.config;

import java.nio.file.Path;
import java.util.List;

/**
 * A configuration that may be used.
 *
 * @param files what it was read from: the file itself, then those of {@code conf.d} in their order.
 * @param warnings what will surprise, though it is allowed.
 */
public record LoadedConfig(GatewayConfig config, List<Path> files, List<Problem> warnings) {
    public LoadedConfig {
        files = List.copyOf(files);
        warnings = List.copyOf(warnings);
    }
}
