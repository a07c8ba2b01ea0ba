package dev.edgegateway.sensor.bus.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.charset.StandardCharsets;

/**
 * The few C library calls a pseudo-terminal needs. Numbers are those of Linux on x86-64 and arm64, where the generic
 * {@code asm-generic/fcntl.h} and {@code poll.h} hold. Any thread.
 */
final class Libc {
    static final int O_RDWR = 0x2;
    static final int O_NOCTTY = 0x100;
    static final int O_NONBLOCK = 0x800;
    static final int O_CLOEXEC = 0x8_0000;
    static final short POLLIN = 0x1;
    static final short POLLOUT = 0x4;
    private static final int EINTR = 4;
    private static final int EAGAIN = 11;
    private static final int TCSANOW = 0;

    /** Longer than {@code struct termios} of glibc (60 bytes) and musl, so that neither writes past it. */
    private static final int TERMIOS_ROOM = 256;

    private static final int PATH_ROOM = 128;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final StructLayout ERRNO_STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = ERRNO_STATE
            .varHandle(MemoryLayout.PathElement.groupElement("errno"))
            .withInvokeExactBehavior();
    private static final Linker.Option CAPTURE_ERRNO = Linker.Option.captureCallState("errno");

    private static final MethodHandle OPEN = bindVariadic("open", 2, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle CLOSE = bind("close", JAVA_INT, JAVA_INT);
    private static final MethodHandle READ = bind("read", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);
    private static final MethodHandle WRITE = bind("write", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);
    private static final MethodHandle POLL = bind("poll", JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
    private static final MethodHandle POSIX_OPENPT = bind("posix_openpt", JAVA_INT, JAVA_INT);
    private static final MethodHandle GRANTPT = bind("grantpt", JAVA_INT, JAVA_INT);
    private static final MethodHandle UNLOCKPT = bind("unlockpt", JAVA_INT, JAVA_INT);
    private static final MethodHandle PTSNAME_R = bind("ptsname_r", JAVA_INT, JAVA_INT, ADDRESS, JAVA_LONG);
    private static final MethodHandle TCGETATTR = bind("tcgetattr", JAVA_INT, JAVA_INT, ADDRESS);
    private static final MethodHandle TCSETATTR = bind("tcsetattr", JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS);
    private static final MethodHandle CFMAKERAW =
            LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow("cfmakeraw"), FunctionDescriptor.ofVoid(ADDRESS));

    private Libc() {}

    /** Opens a new pseudo-terminal master, unlocked. */
    static int openMaster(int flags) {
        int master = call("posix_openpt", state -> (int) POSIX_OPENPT.invokeExact(state, flags));
        try {
            call("grantpt", state -> (int) GRANTPT.invokeExact(state, master));
            call("unlockpt", state -> (int) UNLOCKPT.invokeExact(state, master));
            return master;
        } catch (UncheckedIOException failure) {
            close(master);
            throw failure;
        }
    }

    /** The path of the other side of a master. */
    static String slaveName(int master) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment name = arena.allocate(PATH_ROOM);
            call("ptsname_r", state -> {
                // ptsname_r returns the error instead of setting errno.
                int error = (int) PTSNAME_R.invokeExact(state, master, name, (long) PATH_ROOM);
                ERRNO.set(state, 0L, error);
                return -Integer.signum(error);
            });
            return name.getString(0, StandardCharsets.UTF_8);
        }
    }

    static int open(String path, int flags) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment name = arena.allocateFrom(path);
            return call("open " + path, state -> (int) OPEN.invokeExact(state, name, flags));
        }
    }

    /** Bytes pass as they are: no echo, no line editing, no translation, no signals. */
    static void makeRaw(int terminal) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment termios = arena.allocate(TERMIOS_ROOM);
            call("tcgetattr", state -> (int) TCGETATTR.invokeExact(state, terminal, termios));
            call("cfmakeraw", state -> {
                CFMAKERAW.invokeExact(termios);
                return 0;
            });
            call("tcsetattr", state -> (int) TCSETATTR.invokeExact(state, terminal, TCSANOW, termios));
        }
    }

    /** Waits until one of the events is there, at most this long; false if none came. */
    static boolean poll(int descriptor, short events, int timeoutMillis) {
        try (Arena arena = Arena.ofConfined()) {
            // struct pollfd { int fd; short events; short revents; }
            MemorySegment entry = arena.allocate(8, 4);
            entry.set(JAVA_INT, 0, descriptor);
            entry.set(JAVA_SHORT, 4, events);
            int ready = callAgain("poll", state -> (int) POLL.invokeExact(state, entry, 1L, timeoutMillis));
            return ready > 0;
        }
    }

    /** Reads what is there from a descriptor that does not block; 0 if nothing is. */
    static int read(int descriptor, byte[] into) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment bytes = arena.allocate(Math.max(1, into.length));
            int count = callAgain(
                    "read", state -> (int) (long) READ.invokeExact(state, descriptor, bytes, (long) into.length));
            MemorySegment.copy(bytes, JAVA_BYTE, 0, into, 0, count);
            return count;
        }
    }

    /** Writes what fits to a descriptor that does not block; 0 if nothing does. */
    static int write(int descriptor, byte[] from, int offset) {
        try (Arena arena = Arena.ofConfined()) {
            int length = from.length - offset;
            MemorySegment bytes = arena.allocate(Math.max(1, length));
            MemorySegment.copy(from, offset, bytes, JAVA_BYTE, 0, length);
            return callAgain("write", state -> (int) (long) WRITE.invokeExact(state, descriptor, bytes, (long) length));
        }
    }

    /** Frees the descriptor; on Linux it is free afterwards whatever close answers. */
    static void close(int descriptor) {
        call("close", state -> {
            int ignored = (int) CLOSE.invokeExact(state, descriptor);
            return 0;
        });
    }

    private static int call(String what, NativeCall call) {
        return call(what, call, false);
    }

    /** As {@link #call}, but "not now" and "interrupted" answer 0. */
    private static int callAgain(String what, NativeCall call) {
        return call(what, call, true);
    }

    private static int call(String what, NativeCall call, boolean notNowIsZero) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(ERRNO_STATE);
            int result = call.run(state);
            if (result >= 0) {
                return result;
            }
            int errno = (int) ERRNO.get(state, 0L);
            if (notNowIsZero && (errno == EAGAIN || errno == EINTR)) {
                return 0;
            }
            throw new UncheckedIOException(new IOException(what + " failed with errno " + errno));
        } catch (RuntimeException | Error unchecked) {
            throw unchecked;
        } catch (Throwable impossible) {
            throw new IllegalStateException(what + " cannot be called", impossible);
        }
    }

    private static MethodHandle bind(String name, ValueLayout result, ValueLayout... arguments) {
        return LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow(name), FunctionDescriptor.of(result, arguments), CAPTURE_ERRNO);
    }

    private static MethodHandle bindVariadic(String name, int fixed, ValueLayout result, ValueLayout... arguments) {
        return LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow(name),
                FunctionDescriptor.of(result, arguments),
                CAPTURE_ERRNO,
                Linker.Option.firstVariadicArg(fixed));
    }

    /** A call whose errno is kept in the state; -1 says it failed. */
    private interface NativeCall {
        int run(MemorySegment state) throws Throwable;
    }
}
