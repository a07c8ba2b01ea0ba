/** The process on the appliance: its entry and its assembly, readable top to bottom in {@code Gateway}. */
@NullMarked
package dev.edgegateway.gateway;

import org.jspecify.annotations.NullMarked;
