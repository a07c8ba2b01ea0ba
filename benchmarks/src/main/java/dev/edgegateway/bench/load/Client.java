package dev.edgegateway.bench.load;

import java.io.IOException;

/** A connection that the selector has news of. */
interface Client extends AutoCloseable {
    /** Reads what came and writes what can be. */
    void ready() throws IOException;

    @Override
    void close() throws IOException;
}
