/** Fakes of the seams, the contracts that they share with the real parts, and the tests of what needs no library. */
@NullMarked
package dev.edgegateway.forward;

import org.jspecify.annotations.NullMarked;
