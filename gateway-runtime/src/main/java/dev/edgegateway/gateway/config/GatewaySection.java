package dev.edgegateway.gateway.config;

import java.nio.file.Path;
import java.util.List;

/** Reads {@code [gateway]}. */
final class GatewaySection {
    /** Where the package keeps state, and where systemd makes the run directory of the unit. */
    private static final Path SYSTEM_DATA_DIR = Path.of("/var/lib/edge-gateway");

    private static final Path SYSTEM_RUN_DIR = Path.of("/run/edge-gateway");

    private static final Key<String> TYPE_ID =
            Key.required("type_id", Kinds.identifier(), "The type of the gateway at the platform.");
    private static final Key<String> DEVICE_ID = Key.required(
            "device_id", Kinds.identifier(), "The gateway's own id at the platform, unique within its type.");
    private static final Key<Path> DATA_DIR = Key.withDefault(
            "data_dir",
            Kinds.path(),
            SYSTEM_DATA_DIR,
            "Where the durable store lives. It is made if it does not exist.");
    private static final Key<Path> RUN_DIR = Key.optional(
            "run_dir",
            Kinds.path(),
            "`$RUNTIME_DIRECTORY` where that is set (systemd sets it); else `/run/edge-gateway` if `data_dir` is the"
                    + " default; else `data_dir`",
            "Where the control socket lives while the gateway runs; `edge-gateway status` looks there.");

    static final Section SECTION = new Section(
            "gateway",
            false,
            "Who the gateway is, and where it keeps its files. Required.",
            List.of(TYPE_ID, DEVICE_ID, DATA_DIR, RUN_DIR));

    /**
     * What the table says.
     *
     * @param identityKnown false if the identity is made up, since the real one could not be read.
     */
    record Read(GatewayIdentity identity, boolean identityKnown, Path dataDir, Path runDir) {}

    private GatewaySection() {}

    static Read read(TableReader table, Surroundings surroundings) {
        table.refuseOthers(SECTION.keys());
        GatewayIdentity identity = new GatewayIdentity(table.get(TYPE_ID), table.get(DEVICE_ID));
        Path dataDir = surroundings.resolve(table.get(DATA_DIR));
        Path runDir = table.find(RUN_DIR).map(surroundings::resolve).orElseGet(() -> runDir(dataDir, surroundings));
        return new Read(identity, table.sound(TYPE_ID, DEVICE_ID), dataDir, runDir);
    }

    private static Path runDir(Path dataDir, Surroundings surroundings) {
        // A unit with several run directories gets them all, with colons between.
        String given =
                surroundings.environment().getOrDefault("RUNTIME_DIRECTORY", "").split(":", 2)[0];
        if (!given.isEmpty()) {
            return surroundings.resolve(Path.of(given));
        }
        return dataDir.equals(SYSTEM_DATA_DIR) ? SYSTEM_RUN_DIR : dataDir;
    }
}
