@NullMarked
package dev.edgegateway.gateway.config;

import org.jspecify.annotations.NullMarked;
