@NullMarked
package dev.edgegateway.bench.load;

import org.jspecify.annotations.NullMarked;
