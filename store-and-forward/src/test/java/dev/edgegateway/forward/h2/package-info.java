/** Tests of the queue over real files. */
@NullMarked
package dev.edgegateway.forward.h2;

import org.jspecify.annotations.NullMarked;
