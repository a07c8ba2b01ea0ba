package dev.edgegateway.gateway.store;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.h2.mvstore.MVMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Power cuts at random points under load: writes that were not synced are lost, kept or torn in any combination, and
 * every step that was announced must be there, whole, when the store opens again. {@code -Dcuts=N} and {@code -Dseed=N}
 * choose how many and which.
 */
class PowerCutTest {
    private static final int CUTS = Integer.getInteger("cuts", 400);
    private static final long SEED = Long.getLong("seed", 20261121L);
    private static final int STEPS = 150;

    @TempDir
    Path directory;

    /** How the queue stands after a step: the ids from head to next, exclusive. */
    private record State(long head, long next) {}

    /** A step that was announced when the disk had noted so many operations. */
    private record Announced(int operations, int step) {}

    private final List<State> states = new ArrayList<>();
    private final List<Announced> announced = new ArrayList<>();

    private List<RecordingDisk.Operation> load(Random random) {
        RecordingDisk.install();
        AtomicLong committed = new AtomicLong();
        String file = RecordingDisk.SCHEME + ":" + directory.resolve("load.mv");
        states.add(new State(1, 1));
        try (DurableStore store = DurableStore.openFile(file, Duration.ofHours(1), failure -> {})) {
            store.onCommitted(committed::set);
            store.start();
            MVMap<Long, byte[]> queue = store.maps().openMap("queue");
            MVMap<String, Long> last = store.maps().openMap("last");
            State now = states.getFirst();
            for (int step = 1; step <= STEPS; step++) {
                long next = now.next() + (random.nextInt(4) == 0 ? random.nextInt(200) : random.nextInt(10));
                long head = Math.min(
                        next, now.head() + (random.nextInt(5) == 0 ? random.nextInt(300) : random.nextInt(12)));
                State before = now;
                State after = new State(head, next);
                long number = step;
                byte[] value = new byte[random.nextInt(300)];
                random.nextBytes(value);
                long commit = store.submit(
                        () -> {
                            for (long id = before.next(); id < after.next(); id++) {
                                queue.put(id, value);
                            }
                            for (long id = before.head(); id < after.head(); id++) {
                                queue.remove(id);
                            }
                            last.put("step", number);
                        },
                        true);
                states.add(after);
                now = after;
                await().pollInterval(Duration.ofMillis(1)).until(() -> committed.get() >= commit);
                announced.add(new Announced(RecordingDisk.count(), step));
                if (step % 10 == 0) {
                    store.letGoSoon();
                }
            }
        }
        return RecordingDisk.operations();
    }

    @Test
    void everythingAnnouncedIsThereAfterEveryCutAndTheStoreAlwaysOpens() throws IOException {
        Random random = new Random(SEED);
        List<RecordingDisk.Operation> operations = load(random);
        Path cutFile = directory.resolve("cut.mv");
        int first = announced.getFirst().operations();
        for (int i = 0; i < CUTS; i++) {
            int cut = first + random.nextInt(operations.size() - first + 1);
            Files.write(cutFile, RecordingDisk.afterCut(operations, cut, random));
            long announcedStep = announced.stream()
                    .filter(note -> note.operations() <= cut)
                    .mapToLong(Announced::step)
                    .max()
                    .orElseThrow();
            check(cutFile, announcedStep, "cut " + i + " behind operation " + cut + " of seed " + SEED);
        }
    }

    private void check(Path file, long announcedStep, String which) {
        try (DurableStore store = DurableStore.openFile(file.toString(), Duration.ofHours(1), failure -> {})) {
            Long step = store.maps().<String, Long>openMap("last").get("step");
            assertTrue(
                    step != null && step >= announcedStep, which + ": announced " + announcedStep + ", found " + step);
            State state = states.get(Math.toIntExact(step));
            MVMap<Long, byte[]> queue = store.maps().openMap("queue");
            assertEquals(state.next() - state.head(), queue.sizeAsLong(), which);
            for (long id = state.head(); id < state.next(); id++) {
                assertTrue(queue.containsKey(id), which + ": message " + id + " is missing");
            }
        } catch (StoreException e) {
            throw new AssertionError(which + ": does not open", e);
        }
    }

    /** The proof of the proof: without syncs the same cuts lose announced steps. */
    @Test
    void theCutsFindAStoreThatDoesNotSync() throws IOException {
        Random random = new Random(SEED);
        List<RecordingDisk.Operation> operations = load(random).stream()
                .map(operation ->
                        operation instanceof RecordingDisk.Sync ? new RecordingDisk.Write(0, new byte[0]) : operation)
                .toList();
        Path cutFile = directory.resolve("cut.mv");
        int missing = 0;
        for (int i = 0; i < 20; i++) {
            int cut = operations.size() / 2 + random.nextInt(operations.size() / 2);
            Files.write(cutFile, RecordingDisk.afterCut(operations, cut, random));
            try (DurableStore store = DurableStore.openFile(cutFile.toString(), Duration.ofHours(1), failure -> {})) {
                Long step = store.maps().<String, Long>openMap("last").get("step");
                missing += step == null || step < STEPS / 4 ? 1 : 0;
            } catch (RuntimeException doesNotOpen) {
                missing++;
            }
            Files.delete(cutFile);
        }
        assertTrue(missing > 10, "found " + missing);
    }
}
