package dev.edgegateway.forward.paho;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.paho.client.mqttv3.IMqttActionListener;
import org.eclipse.paho.client.mqttv3.IMqttToken;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.tinylog.Logger;

/**
 * The platform's answer to one request. Paho's own tokens leave those waiting for an abandoned connection attempt
 * waiting until their time is out; this one can be told.
 */
final class Answer implements IMqttActionListener {
    private final CompletableFuture<IMqttToken> outcome = new CompletableFuture<>();

    /** Set by Paho alone, not by {@link #abandon}. */
    private final CountDownLatch heard = new CountDownLatch(1);

    @Override
    public void onSuccess(IMqttToken token) {
        heard.countDown();
        outcome.complete(token);
    }

    @Override
    public void onFailure(IMqttToken token, Throwable cause) {
        heard.countDown();
        outcome.completeExceptionally(cause);
    }

    /** Ends the wait. Any thread. */
    void abandon() {
        outcome.completeExceptionally(new MqttException(MqttException.REASON_CODE_CONNECTION_LOST));
    }

    /** Waits until Paho is done with the request, though nobody may want its answer any more. */
    void settled(long deadline) throws InterruptedException {
        if (!heard.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
            Logger.debug("A connection attempt takes long to end");
        }
    }

    /** @param deadline by {@link System#nanoTime()}. */
    IMqttToken await(long deadline) throws MqttException, InterruptedException {
        try {
            return outcome.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new MqttException(MqttException.REASON_CODE_CLIENT_TIMEOUT, e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            throw cause instanceof MqttException known ? known : new MqttException(cause);
        }
    }
}
