package dev.edgegateway.gateway.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/**
 * A disk under H2's file layer ({@code recorded:...}) that notes what is written and when it is synced, so that the file
 * can be made again as a power cut would have left it: all that was synced, and of the rest some writes, some parts of
 * writes, in any combination.
 */
public final class RecordingDisk extends FilePathWrapper {
    static final String SCHEME = "recorded";

    /** The unit a card writes whole. */
    private static final int SECTOR_BYTES = 512;

    /** What the disk was told. */
    sealed interface Operation {}

    record Write(long position, byte[] bytes) implements Operation {}

    record Truncate(long size) implements Operation {}

    record Sync() implements Operation {}

    private static final List<Operation> OPERATIONS = new ArrayList<>();

    static void install() {
        FilePath.register(new RecordingDisk());
        synchronized (OPERATIONS) {
            OPERATIONS.clear();
        }
    }

    /** What was noted so far. */
    static List<Operation> operations() {
        synchronized (OPERATIONS) {
            return List.copyOf(OPERATIONS);
        }
    }

    static int count() {
        synchronized (OPERATIONS) {
            return OPERATIONS.size();
        }
    }

    private static void note(Operation operation) {
        synchronized (OPERATIONS) {
            OPERATIONS.add(operation);
        }
    }

    /** The file after a cut behind so many operations. */
    static byte[] afterCut(List<Operation> operations, int cut, Random random) {
        int synced = 0;
        for (int i = 0; i < cut; i++) {
            if (operations.get(i) instanceof Sync) {
                synced = i + 1;
            }
        }
        Image image = new Image();
        operations.subList(0, synced).forEach(image::apply);
        for (Operation operation : operations.subList(synced, cut)) {
            switch (operation) {
                case Write(long position, byte[] bytes) -> {
                    int fate = random.nextInt(3);
                    for (int at = 0; at < bytes.length; at += SECTOR_BYTES) {
                        if (fate == 0 || (fate == 1 && random.nextBoolean())) {
                            image.write(position + at, bytes, at, Math.min(SECTOR_BYTES, bytes.length - at));
                        }
                    }
                }
                case Truncate truncate -> {
                    if (random.nextBoolean()) {
                        image.apply(truncate);
                    }
                }
                case Sync() -> {}
            }
        }
        return image.bytes();
    }

    private static final class Image {
        private byte[] content = new byte[1 << 16];
        private int size;

        void apply(Operation operation) {
            switch (operation) {
                case Write(long position, byte[] bytes) -> write(position, bytes, 0, bytes.length);
                case Truncate(long length) -> {
                    if (length < size) {
                        java.util.Arrays.fill(content, (int) length, size, (byte) 0);
                        size = (int) length;
                    }
                }
                case Sync() -> {}
            }
        }

        void write(long position, byte[] bytes, int from, int length) {
            int end = Math.toIntExact(position + length);
            if (end > content.length) {
                content = java.util.Arrays.copyOf(content, Math.max(end, 2 * content.length));
            }
            System.arraycopy(bytes, from, content, (int) position, length);
            size = Math.max(size, end);
        }

        byte[] bytes() {
            return java.util.Arrays.copyOf(content, size);
        }
    }

    @Override
    public String getScheme() {
        return SCHEME;
    }

    @Override
    public FileChannel open(String mode) throws IOException {
        return new RecordingChannel(getBase().open(mode));
    }

    private static final class RecordingChannel extends FileChannel {
        private final FileChannel base;

        RecordingChannel(FileChannel base) {
            this.base = base;
        }

        @Override
        public int write(ByteBuffer source, long position) throws IOException {
            byte[] bytes = new byte[source.remaining()];
            source.duplicate().get(bytes);
            note(new Write(position, bytes));
            return base.write(source, position);
        }

        @Override
        public int write(ByteBuffer source) throws IOException {
            long position = base.position();
            byte[] bytes = new byte[source.remaining()];
            source.duplicate().get(bytes);
            note(new Write(position, bytes));
            return base.write(source);
        }

        @Override
        public FileChannel truncate(long size) throws IOException {
            note(new Truncate(size));
            base.truncate(size);
            return this;
        }

        @Override
        public void force(boolean metaData) throws IOException {
            base.force(metaData);
            note(new Sync());
        }

        @Override
        public int read(ByteBuffer into) throws IOException {
            return base.read(into);
        }

        @Override
        public int read(ByteBuffer into, long position) throws IOException {
            return base.read(into, position);
        }

        @Override
        public long position() throws IOException {
            return base.position();
        }

        @Override
        public FileChannel position(long position) throws IOException {
            base.position(position);
            return this;
        }

        @Override
        public long size() throws IOException {
            return base.size();
        }

        @Override
        public FileLock tryLock(long position, long size, boolean shared) throws IOException {
            return base.tryLock(position, size, shared);
        }

        @Override
        public FileLock lock(long position, long size, boolean shared) throws IOException {
            return base.lock(position, size, shared);
        }

        @Override
        protected void implCloseChannel() throws IOException {
            base.close();
        }

        @Override
        public long read(ByteBuffer[] into, int offset, int length) {
            throw new UnsupportedOperationException("H2 does not scatter");
        }

        @Override
        public long write(ByteBuffer[] sources, int offset, int length) {
            throw new UnsupportedOperationException("H2 does not gather");
        }

        @Override
        public long transferTo(long position, long count, WritableByteChannel target) {
            throw new UnsupportedOperationException("H2 does not transfer");
        }

        @Override
        public long transferFrom(ReadableByteChannel source, long position, long count) {
            throw new UnsupportedOperationException("H2 does not transfer");
        }

        @Override
        public MappedByteBuffer map(MapMode mode, long position, long size) {
            throw new UnsupportedOperationException("H2 does not map");
        }
    }
}
