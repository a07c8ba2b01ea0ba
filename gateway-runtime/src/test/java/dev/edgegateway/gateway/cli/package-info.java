@NullMarked
package dev.edgegateway.gateway.cli;

import org.jspecify.annotations.NullMarked;
