package dev.edgegateway.gateway.config;

/**
 * Who the gateway is at the platform.
 *
 * @param typeId 1 to 36 of {@code A-Z a-z 0-9 - _ .}.
 * @param deviceId likewise.
 */
public record GatewayIdentity(String typeId, String deviceId) {}
