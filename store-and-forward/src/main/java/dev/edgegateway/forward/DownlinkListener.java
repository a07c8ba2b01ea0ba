package dev.edgegateway.forward;

import java.util.concurrent.CompletionStage;

/** Takes what the platform sends down. */
@FunctionalInterface
public interface DownlinkListener {
    /**
     * One message from the platform. Thread: the link's own; must hand over and return.
     *
     * @return completes when the message is where it belongs; only then is the platform's message acknowledged.
     */
    CompletionStage<Void> onMessage(String topic, byte[] payload, int qos);
}
