package dev.edgegateway.broker.routing;

import dev.edgegateway.broker.BrokerStore;
import dev.edgegateway.broker.Message;
import dev.edgegateway.broker.SubscriptionOptions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Those who share one subscription: each message goes to one of them in turn (MQTT 5.0 section 4.8.2). Whoever can send
 * it at once goes before those with messages waiting, and those before members that are away.
 */
public final class SharedGroup implements Subscriber {
    private record Member(Subscriber subscriber, Granted granted) {}

    private final List<Member> members = new ArrayList<>(2);
    private int next;

    /** Adds a member or changes how it gets messages. @return whether it is new. */
    boolean put(Subscriber subscriber, SubscriptionOptions options) {
        Member member = new Member(subscriber, Granted.of(options));
        int at = indexOf(subscriber);
        if (at >= 0) {
            members.set(at, member);
            return false;
        }
        members.add(member);
        return true;
    }

    boolean remove(Subscriber subscriber) {
        int at = indexOf(subscriber);
        if (at < 0) {
            return false;
        }
        members.remove(at);
        if (at < next) {
            next--;
        }
        return true;
    }

    private int indexOf(Subscriber subscriber) {
        for (int i = 0; i < members.size(); i++) {
            if (members.get(i).subscriber() == subscriber) {
                return i;
            }
        }
        return -1;
    }

    boolean isEmpty() {
        return members.isEmpty();
    }

    @Override
    public long deliver(Message message, Granted granted, boolean retain) {
        return deliver(message, null);
    }

    /**
     * Gives a message that one member leaves unacknowledged to another one.
     *
     * @return whether somebody took it.
     */
    public boolean redeliver(Message message, Subscriber leaving, boolean onlyToConnected) {
        Member member = choose(leaving);
        if (member == null) {
            return false;
        }
        Readiness readiness = member.subscriber().readiness();
        if (readiness == Readiness.GONE || (onlyToConnected && readiness == Readiness.AWAY)) {
            return false;
        }
        member.subscriber().deliverShared(message, member.granted(), this);
        return true;
    }

    private long deliver(Message message, @Nullable Subscriber except) {
        Member member = choose(except);
        return member == null
                ? BrokerStore.NOTHING
                : member.subscriber().deliverShared(message, member.granted(), this);
    }

    private @Nullable Member choose(@Nullable Subscriber except) {
        int size = members.size();
        Member best = null;
        int bestAt = 0;
        for (int i = 0; i < size; i++) {
            int at = (next + i) % size;
            Member member = members.get(at);
            if (member.subscriber() == except) {
                continue;
            }
            if (best == null
                    || member.subscriber()
                                    .readiness()
                                    .compareTo(best.subscriber().readiness())
                            < 0) {
                best = member;
                bestAt = at;
            }
            if (best.subscriber().readiness() == Readiness.NOW) {
                break;
            }
        }
        next = size == 0 ? 0 : (bestAt + 1) % size;
        return best;
    }
}
