/** The targets, the tables, and the machine that the figures are of. */
@NullMarked
package dev.edgegateway.bench.report;

import org.jspecify.annotations.NullMarked;
