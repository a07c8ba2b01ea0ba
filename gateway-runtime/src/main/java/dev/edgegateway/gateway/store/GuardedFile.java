package dev.edgegateway.gateway.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/**
 * A layer under MVStore ({@code guarded:...}) that makes a power cut harmless. It adds two things MVStore relies on and
 * does not see to:
 *
 * <p><b>A barrier before the header.</b> MVStore writes a chunk and then, sometimes, both copies of the header that names
 * it, with no sync between the two. A cut may leave the header and lose the chunk: then both copies point to nothing, and
 * the store comes up with whatever old chunk happens to be found from the file's end. So what was written before is synced
 * first, and a header on disk always names a chunk on disk.
 *
 * <p><b>A checksum of each chunk.</b> MVStore takes a chunk for whole if its first and its last bytes are; a cut in the
 * middle of a write may leave both and lose what is between. So a checksum of the whole chunk goes into the blank end of
 * its footer, and a footer whose chunk does not match reads as nothing, upon which MVStore falls back to the chunk before.
 * Only chunks newer than the header can be affected, so only these are checked, when the file is opened.
 */
public final class GuardedFile extends FilePathWrapper {
    static final String SCHEME = "guarded";

    /** Both copies of the header, at the file's beginning; no chunk ever lies there. */
    private static final long HEADER_BYTES = 2 * 4096;

    /** For H2, which makes an instance for each path. */
    public GuardedFile() {}

    /** The name of a file behind this layer. */
    static String name(String file) {
        FilePath.register(new GuardedFile());
        return SCHEME + ":" + file;
    }

    @Override
    public String getScheme() {
        return SCHEME;
    }

    @Override
    public FileChannel open(String mode) throws IOException {
        return new GuardedChannel(getBase().open(mode));
    }

    private static final class GuardedChannel extends FileChannel {
        private final FileChannel base;
        private final ChunkChecks checks;
        /** Whether something was written behind the header since the last sync. */
        private volatile boolean dirty;

        GuardedChannel(FileChannel base) throws IOException {
            this.base = base;
            this.checks = new ChunkChecks(base);
        }

        private void before(long position) throws IOException {
            if (position >= HEADER_BYTES) {
                dirty = true;
            } else if (dirty) {
                force(false);
            }
        }

        @Override
        public int write(ByteBuffer source, long position) throws IOException {
            before(position);
            if (position >= HEADER_BYTES) {
                checks.seal(source);
            }
            // All of it at once, since a rest that comes by itself would be taken for a chunk of its own.
            int length = source.remaining();
            long at = position;
            while (source.hasRemaining()) {
                at += base.write(source, at);
            }
            return length;
        }

        @Override
        public int write(ByteBuffer source) throws IOException {
            before(base.position());
            return base.write(source);
        }

        @Override
        public void force(boolean metaData) throws IOException {
            dirty = false;
            base.force(metaData);
        }

        @Override
        public FileChannel truncate(long size) throws IOException {
            base.truncate(size);
            return this;
        }

        @Override
        public int read(ByteBuffer into) throws IOException {
            return base.read(into);
        }

        @Override
        public int read(ByteBuffer into, long position) throws IOException {
            int start = into.position();
            int length = base.read(into, position);
            if (position >= HEADER_BYTES) {
                checks.afterRead(into, start, position, length);
            }
            return length;
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
        public long read(ByteBuffer[] into, int offset, int length) throws IOException {
            return base.read(into, offset, length);
        }

        @Override
        public long write(ByteBuffer[] sources, int offset, int length) throws IOException {
            before(base.position());
            return base.write(sources, offset, length);
        }

        @Override
        public long transferTo(long position, long count, WritableByteChannel target) throws IOException {
            return base.transferTo(position, count, target);
        }

        @Override
        public long transferFrom(ReadableByteChannel source, long position, long count) throws IOException {
            before(position);
            return base.transferFrom(source, position, count);
        }

        @Override
        public MappedByteBuffer map(MapMode mode, long position, long size) throws IOException {
            return base.map(mode, position, size);
        }

        @Override
        protected void implCloseChannel() throws IOException {
            base.close();
        }
    }
}
