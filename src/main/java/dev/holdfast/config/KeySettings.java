package dev.holdfast.config;

import java.util.List;

/**
 * What of a request makes its key, beside its path.
 *
 * @param ignoredQueryParameters names, or beginnings of names followed by {@code *}, as sent
 * @param sortedQuery whether parameters in another order are the same key
 * @param headers names in lower case, sorted, each once
 */
public record KeySettings(
    List<String> ignoredQueryParameters, boolean sortedQuery, List<String> headers) {}
