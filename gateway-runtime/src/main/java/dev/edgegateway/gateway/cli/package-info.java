/**
 * The command line: {@code edge-gateway run}, {@code config}, {@code status}, {@code user} and {@code
 * version}.
 *
 * <p>Flow: {@link dev.edgegateway.gateway.cli.CommandLineInterface} lets picocli find the command, which answers with an
 * {@link dev.edgegateway.gateway.cli.ExitStatus}. The gateway itself comes in as a {@link
 * dev.edgegateway.gateway.cli.GatewayStarter}.
 *
 * <p>Threads: everything runs on {@code main}; after {@code run} has started the gateway, {@code main} parks, and the
 * gateway is closed by the thread of a shutdown hook.
 */
@NullMarked
package dev.edgegateway.gateway.cli;

import org.jspecify.annotations.NullMarked;
