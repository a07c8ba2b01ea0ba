package dev.edgegateway.gateway.config;

import java.util.List;

/**
 * One table of the file.
 *
 * @param many whether there may be several: {@code [[listener]]}.
 * @param description for the reference, in sentences.
 */
record Section(String name, boolean many, String description, List<Key<?>> keys) {
    Section {
        keys = List.copyOf(keys);
    }

    /** As it stands above its keys. */
    String header() {
        return many ? "[[" + name + "]]" : "[" + name + "]";
    }
}
