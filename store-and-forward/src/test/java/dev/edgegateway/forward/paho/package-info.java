/** Tests of the link against a broker on plain sockets. */
@NullMarked
package dev.edgegateway.forward.paho;

import org.jspecify.annotations.NullMarked;
