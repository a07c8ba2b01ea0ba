package dev.edgegateway.gateway.access;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Slows guessing down, by the address it comes from and by the name that is tried. Any thread. */
final class LoginBrake {
    private static final int MAX_ADDRESSES = 2048;
    private static final int MAX_NAMES = 2048;

    /** One attempt to log in. */
    record Attempt(String address, String name) {}

    private final LongSupplier nanoTime;
    private final FailureTable addresses = new FailureTable(MAX_ADDRESSES);
    private final FailureTable names = new FailureTable(MAX_NAMES);

    LoginBrake(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** @return false if too many attempts of the same kind wait for their refusal already. */
    boolean enter(Attempt attempt) {
        long now = nanoTime.getAsLong();
        if (!addresses.enter(attempt.address(), now)) {
            return false;
        }
        if (!names.enter(attempt.name(), now)) {
            addresses.leave(attempt.address());
            return false;
        }
        return true;
    }

    /** @return how long the refusal is to wait. */
    Duration failed(Attempt attempt) {
        long now = nanoTime.getAsLong();
        Duration byAddress = addresses.failed(attempt.address(), now);
        Duration byName = names.failed(attempt.name(), now);
        return byAddress.compareTo(byName) > 0 ? byAddress : byName;
    }

    /** The attempt is answered, one way or the other. */
    void leave(Attempt attempt) {
        addresses.leave(attempt.address());
        names.leave(attempt.name());
    }

    /**
     * Whom an address stands for: itself, or with IPv6 its network of 64 bits, of which one machine may use every
     * address.
     *
     * @param remoteAddress as the broker writes it, {@code /192.0.2.1:5000} or {@code /[2001:db8:0:0:0:0:0:1]:5000}.
     */
    static String origin(String remoteAddress) {
        int start = remoteAddress.lastIndexOf('/') + 1;
        int port = remoteAddress.lastIndexOf(':');
        String host = port < start ? remoteAddress.substring(start) : remoteAddress.substring(start, port);
        if (!host.startsWith("[")) {
            return host;
        }
        int end = 0;
        for (int groups = 0; groups < 4 && end >= 0; groups++) {
            end = host.indexOf(':', end + 1);
        }
        return end < 0 ? host : host.substring(1, end) + "::/64";
    }
}
