package dev.edgegateway.demo.screen;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Map;
import java.util.Optional;

/** What one of the process's outputs is connected to. Any thread. */
public final class Terminal {
    /** Asks for the window's size; {@code asm-generic/ioctls.h}, the same on x86-64 and arm64. */
    private static final long TIOCGWINSZ = 0x5413;

    /** What most terminals start with, and what is assumed of one that does not tell. */
    private static final Size USUAL = new Size(80, 24);

    /** @param columns at least 1. */
    public record Size(int columns, int rows) {}

    private final int descriptor;
    private final MethodHandle ioctl;

    private Terminal(int descriptor) {
        Linker linker = Linker.nativeLinker();
        this.descriptor = descriptor;
        this.ioctl = linker.downcallHandle(
                linker.defaultLookup().findOrThrow("ioctl"),
                FunctionDescriptor.of(
                        ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.ADDRESS),
                Linker.Option.firstVariadicArg(2));
    }

    /** @param descriptor 1 for standard output, 2 for standard error. */
    public static Terminal of(int descriptor) {
        return new Terminal(descriptor);
    }

    /** The size as it is now; empty if this is no terminal. */
    public Optional<Size> size() {
        try (Arena arena = Arena.ofConfined()) {
            // struct winsize: rows, columns, and two more
            MemorySegment size = arena.allocate(ValueLayout.JAVA_SHORT, 4);
            if ((int) ioctl.invokeExact(descriptor, TIOCGWINSZ, size) != 0) {
                return Optional.empty();
            }
            int rows = Short.toUnsignedInt(size.getAtIndex(ValueLayout.JAVA_SHORT, 0));
            int columns = Short.toUnsignedInt(size.getAtIndex(ValueLayout.JAVA_SHORT, 1));
            return Optional.of(rows == 0 || columns == 0 ? USUAL : new Size(columns, rows));
        } catch (Error | RuntimeException e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("ioctl throws nothing", e);
        }
    }

    /** Whether it can be drawn on: it is a terminal, and not one that only takes lines. */
    public boolean drawable(Map<String, String> environment) {
        String kind = environment.getOrDefault("TERM", "");
        return !kind.isEmpty() && !kind.equals("dumb") && size().isPresent();
    }

    /** Whether colours are welcome; see no-color.org. */
    public static boolean colourful(Map<String, String> environment) {
        return environment.getOrDefault("NO_COLOR", "").isEmpty();
    }
}
