@NullMarked
package dev.edgegateway.bench.peer;

import org.jspecify.annotations.NullMarked;
