package dev.edgegateway.gateway.rehearsal;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The books of a rehearsal: which messages were acknowledged to their senders, and which arrived at the far end. A
 * message is a device and a sequence number from 1, which travel in its payload. Any thread.
 *
 * <p>The two sides may report in any order: a message may well be delivered before its sender has seen the
 * acknowledgement. Only the order of deliveries among themselves counts, so one receiver should report them as they come.
 *
 * <p>Memory is bounded: about 1 KB for every 4096 consecutive messages of a device. What no longer fits is counted as
 * {@linkplain DeliveryCertificate#unaccounted unaccounted}, which no certificate survives.
 */
public final class DeliveryLedger {
    /** Pages of 512 bytes: 32 MB, which is 268 million numbers if they are dense. */
    private static final int DEFAULT_MAX_PAGES = 65_536;

    private static final int DEFAULT_MAX_DEVICES = 10_000;
    private static final int LOST_EXAMPLES = 10;

    private final TreeMap<String, Account> accounts = new TreeMap<>();
    private final int maxDevices;
    private int pagesLeft;
    private long unaccounted;

    public DeliveryLedger() {
        this(DEFAULT_MAX_DEVICES, DEFAULT_MAX_PAGES);
    }

    DeliveryLedger(int maxDevices, int maxPages) {
        this.maxDevices = maxDevices;
        this.pagesLeft = maxPages;
    }

    /** The sender was told that this message is safe. Telling it twice changes nothing. */
    public synchronized void acknowledged(String device, long sequence) {
        Account account = account(device, sequence);
        if (account != null && hasRoom(account.acknowledged, sequence)) {
            account.acknowledged.add(sequence);
        }
    }

    /** The receiver got this message, perhaps not for the first time. */
    public synchronized void delivered(String device, long sequence) {
        Account account = account(device, sequence);
        if (account == null || !hasRoom(account.delivered, sequence)) {
            return;
        }
        if (!account.delivered.add(sequence)) {
            account.duplicates++;
        } else if (sequence < account.highest) {
            account.outOfOrder++;
        } else {
            account.highest = sequence;
        }
    }

    /** How many messages were acknowledged and have not been delivered yet. */
    public synchronized long outstanding() {
        long outstanding = 0;
        for (Account account : accounts.values()) {
            outstanding += account.acknowledged.countMissingFrom(account.delivered);
        }
        return outstanding;
    }

    /** The balance as it stands. */
    public synchronized DeliveryCertificate certificate() {
        return new DeliveryCertificate(
                accounts.entrySet().stream().map(DeliveryLedger::line).toList(), unaccounted);
    }

    private static DeliveryCertificate.Line line(Map.Entry<String, Account> entry) {
        Account account = entry.getValue();
        return new DeliveryCertificate.Line(
                entry.getKey(),
                account.acknowledged.size(),
                account.delivered.size(),
                account.duplicates,
                account.outOfOrder,
                account.acknowledged.countMissingFrom(account.delivered),
                account.delivered.countMissingFrom(account.acknowledged),
                account.acknowledged.firstMissingFrom(account.delivered, LOST_EXAMPLES));
    }

    private @Nullable Account account(String device, long sequence) {
        if (sequence < 1) {
            throw new IllegalArgumentException(device + ": sequence numbers start at 1, not " + sequence);
        }
        Account account = accounts.get(device);
        if (account == null) {
            if (accounts.size() == maxDevices) {
                unaccounted++;
                return null;
            }
            account = new Account();
            accounts.put(device, account);
        }
        return account;
    }

    private boolean hasRoom(SequenceSet set, long sequence) {
        if (!set.needsPage(sequence)) {
            return true;
        }
        if (pagesLeft == 0) {
            unaccounted++;
            return false;
        }
        pagesLeft--;
        return true;
    }

    private static final class Account {
        final SequenceSet acknowledged = new SequenceSet();
        final SequenceSet delivered = new SequenceSet();
        long highest;
        long duplicates;
        long outOfOrder;
    }
}
