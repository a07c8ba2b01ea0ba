@NullMarked
package dev.edgegateway.gateway.health;

import org.jspecify.annotations.NullMarked;
