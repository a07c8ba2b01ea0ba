package dev.edgegateway.gateway.cli;

import java.util.Optional;

/**
 * What is running.
 *
 * @param version of the product; {@code unpackaged} outside of a jar.
 * @param java version and vendor of the runtime.
 * @param platform operating system and architecture.
 */
public record BuildInfo(String version, String java, String platform) {
    /** Of this process. */
    public static BuildInfo ofThisProcess() {
        return new BuildInfo(
                Optional.ofNullable(BuildInfo.class.getPackage().getImplementationVersion())
                        .orElse("unpackaged"),
                Runtime.version() + " (" + System.getProperty("java.vendor") + ")",
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"));
    }
}
