/**
 * Serial lines through jSerialComm; nothing else imports that library. Its threads and listeners stay unused: after a
 * hang-up its disconnect listener repeats without pause, while a read fails at once.
 */
@NullMarked
package dev.edgegateway.sensor.bus.jserialcomm;

import org.jspecify.annotations.NullMarked;
