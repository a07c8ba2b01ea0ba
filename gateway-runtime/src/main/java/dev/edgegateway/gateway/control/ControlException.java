package dev.edgegateway.gateway.control;

import java.io.IOException;

/** The gateway answered, and said no. */
public final class ControlException extends IOException {
    private static final long serialVersionUID = 1;

    private final String said;

    ControlException(String message, String said) {
        super(message);
        this.said = said;
    }

    /** Its words. */
    public String said() {
        return said;
    }
}
