package dev.edgegateway.gateway.control;

import java.util.Map;

/** Answers one command of the control socket, on a thread of the connection. */
@FunctionalInterface
public interface ControlCommand {
    /**
     * Does it.
     *
     * @param request as it came, {@code command} included.
     * @return one line of JSON, well below 4 MiB.
     * @throws IllegalArgumentException if it cannot be done as asked; the message goes to whoever asked.
     */
    String answer(Map<String, Object> request);
}
