package dev.edgegateway.bench.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ProcFilesTest {
    private static final long OWN_PID = ProcessHandle.current().pid();
    /** No process has it: the kernel's highest is 2^22. */
    private static final long NO_PID = 1L << 23;

    @Test
    void cpuTimeIsWhatTheJvmSaysOfItself() {
        var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long before = system.getProcessCpuTime();
        long read = ProcFiles.cpuNanos(OWN_PID);
        long after = system.getProcessCpuTime();
        long step = TimeUnit.MILLISECONDS.toNanos(20);
        assertTrue(read >= before - step && read <= after + step, before + " " + read + " " + after);
    }

    @Test
    void theShareOfMemoryIsTheSumOfItsPartsAndNoMoreThanAll() {
        Memory memory = ProcFiles.memory(OWN_PID);
        assertEquals(memory.pss(), memory.pssAnonymous() + memory.pssFile(), 8);
        assertTrue(memory.pss() <= memory.rss() + 1024, memory.toString());
        assertTrue(memory.pssAnonymous() > 0);
    }

    @Test
    void aProcessThatIsGoneIsNamed() {
        UncheckedIOException failure = assertThrows(UncheckedIOException.class, () -> ProcFiles.cpuNanos(NO_PID));
        assertTrue(failure.toString().contains("/proc/" + NO_PID), failure.toString());
    }
}
