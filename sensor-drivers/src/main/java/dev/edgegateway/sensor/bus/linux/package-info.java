/**
 * What the Linux kernel offers directly, called through the FFM API without a native library of our own; the JVM needs
 * {@code --enable-native-access}. Nothing here starts a thread; every call blocks its caller for a stated time at most.
 */
@NullMarked
package dev.edgegateway.sensor.bus.linux;

import org.jspecify.annotations.NullMarked;
