package dev.holdfast.purge;

import org.jspecify.annotations.Nullable;

/**
 * What a purge has done.
 *
 * @param purge as it was asked for
 * @param hit how many stored responses it was about; {@code null} where nothing was looked for,
 *     which is the case of all but a path
 */
public record Purged(Purge purge, @Nullable Integer hit) {}
