/**
 * The configuration: read once at start from TOML files into a tree of records, so that no other code ever sees a key.
 *
 * <p>Flow: {@code TomlSource} (the only importer of tomlj) reads each file into a tree of positions and values, {@code
 * ConfigTree} merges the tree of {@code conf.d} into it, one {@code ...Section} class per table turns it into the
 * records by its {@code Key}s, and {@code ConfigReader} looks at what holds between them. What a route may be is decided
 * by {@code gateway.uplink}, which follows it. Every problem on the way is
 * collected, with its place, and reported at once by {@link dev.edgegateway.gateway.config.ConfigException}. The
 * reference in {@code docs/configuration.md} is written from the same keys.
 *
 * <p>Threads: all of it runs on the caller's; the records are immutable.
 */
@NullMarked
package dev.edgegateway.gateway.config;

import org.jspecify.annotations.NullMarked;
