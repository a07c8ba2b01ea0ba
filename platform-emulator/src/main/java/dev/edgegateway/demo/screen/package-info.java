/**
 * What the demo shows: a {@link dev.edgegateway.demo.screen.Snapshot} of the path becomes lines of text, and those come
 * onto the terminal in place, or one plain line at a time where there is none.
 *
 * <p>Drawing is a pure function of the snapshot and the size; the terminal is touched in one class.
 */
@NullMarked
package dev.edgegateway.demo.screen;

import org.jspecify.annotations.NullMarked;
