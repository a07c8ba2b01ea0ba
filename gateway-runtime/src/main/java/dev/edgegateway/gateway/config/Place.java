package dev.edgegateway.gateway.config;

/**
 * A place in a configuration file.
 *
 * @param line from 1; 0 if the file as a whole is meant.
 * @param column from 1; 0 if the line or the file as a whole is meant.
 */
public record Place(SourceText source, int line, int column) {
    static Place wholeFile(SourceText source) {
        return new Place(source, 0, 0);
    }

    /** The file as it was named. */
    public String file() {
        return source.file().toString();
    }

    /** {@code file:line:column}, which editors follow. */
    @Override
    public String toString() {
        return line == 0 ? file() : file() + ":" + line + ":" + column;
    }

    /** The line and a mark under the place, on lines of their own; empty if there is nothing to show. */
    String excerpt() {
        return line == 0 ? "" : source.excerpt(line, column);
    }
}
