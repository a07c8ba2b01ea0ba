/**
 * Measures the gateway beside its peers: {@code Main} reads the command line, {@code load} makes the load, {@code peer}
 * starts and watches the processes under test, {@code report} prints what came out. Never on the appliance.
 */
@NullMarked
package dev.edgegateway.bench;

import org.jspecify.annotations.NullMarked;
