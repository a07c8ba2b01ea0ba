@NullMarked
package dev.edgegateway.bench.report;

import org.jspecify.annotations.NullMarked;
