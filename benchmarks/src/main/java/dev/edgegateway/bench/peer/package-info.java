/**
 * The processes under test, each started with a free port on 127.0.0.1 and a directory of its own, and what the kernel
 * says of their CPU time and memory (proc(5)). A peer that is still running when this process ends is ended with it.
 */
@NullMarked
package dev.edgegateway.bench.peer;

import org.jspecify.annotations.NullMarked;
