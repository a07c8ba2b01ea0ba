@NullMarked
package dev.edgegateway.gateway.access;

import org.jspecify.annotations.NullMarked;
