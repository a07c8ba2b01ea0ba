/** From the platform to the local broker: commands to the devices they are for, bridged topics to theirs. */
@NullMarked
package dev.edgegateway.gateway.downlink;

import org.jspecify.annotations.NullMarked;
