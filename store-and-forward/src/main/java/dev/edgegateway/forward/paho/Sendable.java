package dev.edgegateway.forward.paho;

import java.io.DataOutputStream;
import java.io.OutputStream;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttTopic;
import org.eclipse.paho.client.mqttv3.internal.wire.MqttWireMessage;
import org.jspecify.annotations.Nullable;

/**
 * Which topics Paho can send. It looks at their characters only on its own sending thread, and drops the connection if it
 * does not like them, and with it all the messages behind; and it dislikes more than MQTT does (characters beyond the
 * 16-bit plane). So its own check runs here before. One thread.
 */
final class Sendable {
    private final DataOutputStream nowhere = new DataOutputStream(OutputStream.nullOutputStream());
    private String lastGood = "";

    /** @return null if a message can be published to the topic, else why not. */
    @Nullable
    String whyNot(String topic) {
        if (topic.equals(lastGood) && !topic.isEmpty()) {
            return null;
        }
        for (int i = 0; i < topic.length(); ) {
            int codePoint = topic.codePointAt(i);
            // MQTT 3.1.1 section 1.5.3: servers must close the connection over half a surrogate pair and may over a
            // control character, and some do.
            if (Character.isISOControl(codePoint) || Character.getType(codePoint) == Character.SURROGATE) {
                return "its topic has the character " + Integer.toHexString(codePoint);
            }
            i += Character.charCount(codePoint);
        }
        try {
            MqttTopic.validate(topic, false);
            MqttWireMessage.encodeUTF8(nowhere, topic);
        } catch (IllegalArgumentException | IllegalStateException | MqttException e) {
            return "its topic: " + e.getMessage();
        }
        lastGood = topic;
        return null;
    }
}
