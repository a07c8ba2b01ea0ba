@NullMarked
package dev.edgegateway.gateway.control;

import org.jspecify.annotations.NullMarked;
