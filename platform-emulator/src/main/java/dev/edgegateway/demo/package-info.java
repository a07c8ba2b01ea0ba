/**
 * The demonstration: the whole path in real processes, through an outage and a crash, with the books to prove it.
 *
 * <p>Flow: {@code Main} reads the options and runs a {@code Rehearsal}, which starts the platform emulator, the gateway,
 * the devices and the application as processes, leads the uplink through a proxy that it cuts and heals, ends the gateway
 * with SIGKILL by its {@code Timetable}, and starts it again. What the clients report goes to the {@code Books}; from
 * those come the picture on the terminal and, when all has drained, the {@code Outcome}.
 *
 * <p>Lifecycle: whatever way the demo ends, every process it started is ended by its id, and the working folder is
 * removed unless it was to be kept or tells why something failed.
 *
 * <p>Threads: {@code main} follows the timetable; one virtual thread reads each process's reports; one draws; one feeds
 * the serial line.
 */
@NullMarked
package dev.edgegateway.demo;

import org.jspecify.annotations.NullMarked;
