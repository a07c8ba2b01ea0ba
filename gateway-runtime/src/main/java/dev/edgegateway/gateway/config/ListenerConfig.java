package dev.edgegateway.gateway.config;

/**
 * One door of the local broker.
 *
 * @param bind an IP address; never a name, so that a start needs no name service.
 * @param port 0 to 65535; 0 takes a free one.
 * @param allowAnonymous whether clients without credentials come in; if not, nobody does.
 * @param insecure that whoever wrote the file knows that an anonymous listener is open to the network.
 */
public record ListenerConfig(String name, String bind, int port, boolean allowAnonymous, boolean insecure) {}
