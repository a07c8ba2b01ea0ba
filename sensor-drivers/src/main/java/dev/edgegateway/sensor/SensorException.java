package dev.edgegateway.sensor;

import org.jspecify.annotations.Nullable;

/** No answer, or one that cannot be right; the message names sensor, bus and place. */
public class SensorException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public SensorException(String message) {
        super(message);
    }

    public SensorException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
