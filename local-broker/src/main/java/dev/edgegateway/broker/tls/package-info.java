/**
 * The keys and certificates of a listener: PEM files, what the Java runtime's TLS makes of them, and the name in a
 * client's certificate. All of it is called on thread {@code broker}, except while the broker opens.
 */
@NullMarked
package dev.edgegateway.broker.tls;

import org.jspecify.annotations.NullMarked;
