/** The link to the platform with Eclipse Paho; the only importer of Paho in this module. */
@NullMarked
package dev.edgegateway.forward.paho;

import org.jspecify.annotations.NullMarked;
