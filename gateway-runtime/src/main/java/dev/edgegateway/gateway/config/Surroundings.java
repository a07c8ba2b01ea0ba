package dev.edgegateway.gateway.config;

import java.nio.file.Path;
import java.util.Map;

/**
 * What a configuration file means depends on.
 *
 * @param directory absolute; relative paths start here.
 * @param environment variables of the process.
 */
record Surroundings(Path directory, Map<String, String> environment) {
    Path resolve(Path path) {
        return directory.resolve(path).normalize();
    }
}
