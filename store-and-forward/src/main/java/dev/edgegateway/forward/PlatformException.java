package dev.edgegateway.forward;

import org.jspecify.annotations.Nullable;

/** The platform could not be reached, refused, or went away; the message says where and why in words. */
public class PlatformException extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean refused;

    public PlatformException(String message, @Nullable Throwable cause) {
        this(message, cause, false);
    }

    /** @param refused whether trying again soon is pointless: the credentials or the client id were refused. */
    public PlatformException(String message, @Nullable Throwable cause, boolean refused) {
        super(message, cause);
        this.refused = refused;
    }

    public boolean refused() {
        return refused;
    }
}
