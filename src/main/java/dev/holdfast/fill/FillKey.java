package dev.holdfast.fill;

import dev.holdfast.http.CacheKey;
import dev.holdfast.http.Selecting;

/** What fills are collapsed by: the primary key and, as far as they are known, the variant. */
record FillKey(CacheKey key, Selecting selecting) {}
