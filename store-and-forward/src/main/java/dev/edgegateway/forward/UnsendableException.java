package dev.edgegateway.forward;

import org.jspecify.annotations.Nullable;

/** This one message can never be sent, over whatever connection; the message says why in words. */
public final class UnsendableException extends PlatformException {
    private static final long serialVersionUID = 1L;

    public UnsendableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
