package dev.edgegateway.gateway.config;

import java.net.URI;
import java.net.URISyntaxException;

/**
 * Where the platform is: {@code tcp://host:port} or {@code ssl://host:port}.
 *
 * @param tls whether the connection is encrypted ({@code ssl}).
 * @param host a name or an IP address; an IPv6 address without its brackets.
 * @param port 1 to 65535.
 */
public record PlatformUrl(boolean tls, String host, int port) {

    /** @throws IllegalArgumentException saying in one clause what the text is instead. */
    static PlatformUrl parse(String text) {
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("is no URL at position " + e.getIndex(), e);
        }
        String scheme = uri.getScheme();
        if (!"tcp".equals(scheme) && !"ssl".equals(scheme)) {
            throw new IllegalArgumentException(scheme == null ? "has no scheme" : "has the scheme " + scheme);
        }
        if (uri.getUserInfo() != null) {
            throw new IllegalArgumentException("holds credentials, which belong into username and password_file");
        }
        String host = uri.getHost();
        if (host == null) {
            throw new IllegalArgumentException("has no host, or one that no URL can hold");
        }
        int port = uri.getPort();
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException(port == -1 ? "has no port" : "has the port " + port);
        }
        boolean more = !uri.getRawPath().isEmpty() || uri.getRawQuery() != null || uri.getRawFragment() != null;
        if (more) {
            throw new IllegalArgumentException("goes on after the port");
        }
        boolean bracketed = host.startsWith("[");
        return new PlatformUrl(scheme.equals("ssl"), bracketed ? host.substring(1, host.length() - 1) : host, port);
    }

    @Override
    public String toString() {
        return (tls ? "ssl://" : "tcp://") + (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
