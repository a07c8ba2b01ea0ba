package dev.edgegateway.broker;

/** What a client asks to have published when its connection ends without DISCONNECT (MQTT 3.1.1 section 3.1.2.5). */
public record Will(Message message) {}
