package dev.edgegateway.gateway;

/** Which release this is. */
public final class Version {
    private Version() {}

    /** As the jar says, {@code development} where there is none. */
    public static String current() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
