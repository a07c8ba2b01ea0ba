/** Sessions and retained messages in the maps of an MVStore; the only importer of H2 in this module. */
@NullMarked
package dev.edgegateway.broker.h2;

import org.jspecify.annotations.NullMarked;
