package dev.edgegateway.gateway;

import java.util.ArrayDeque;
import org.tinylog.Logger;

/** Closes in the reverse of the order in which things were opened; a failure to close one keeps none of the others. */
final class CloseStack implements AutoCloseable {
    private final ArrayDeque<AutoCloseable> parts = new ArrayDeque<>();

    /** Takes over closing. @return the part. */
    <T extends AutoCloseable> T own(T part) {
        parts.push(part);
        return part;
    }

    /** Closes everything because opening the rest failed. */
    void closeAfter(Throwable failure) {
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) {
                failure.addSuppressed(e);
            }
        }
    }

    @Override
    public void close() {
        while (!parts.isEmpty()) {
            AutoCloseable part = parts.pop();
            try {
                part.close();
            } catch (Exception e) {
                Logger.warn(e, "{} could not be closed", part.getClass().getSimpleName());
            }
        }
    }
}
