/** Whom the gateway trusts when it connects with TLS. */
@NullMarked
package dev.edgegateway.gateway.tls;

import org.jspecify.annotations.NullMarked;
