package dev.edgegateway.gateway.config;

import dev.edgegateway.gateway.access.AccessRule;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who gets in, and to what.
 *
 * @param usersFile absolute; null if there are no users.
 * @param deviceTokensFile absolute; null if no device has a token.
 * @param rules in the order of the file, of which the first that fits counts.
 */
public record AccessConfig(
        @Nullable Path usersFile, @Nullable Path deviceTokensFile, List<AccessRule> rules) {
    public AccessConfig {
        rules = List.copyOf(rules);
    }

    /** Whether anyone can log in at all. */
    public boolean anyoneCanLogIn() {
        return usersFile != null || deviceTokensFile != null;
    }
}
