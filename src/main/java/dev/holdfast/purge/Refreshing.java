package dev.holdfast.purge;

import dev.holdfast.config.Time;
import dev.holdfast.fill.Ask;
import dev.holdfast.fill.Fills;
import dev.holdfast.http.CacheKey;
import dev.holdfast.http.Fields;
import dev.holdfast.http.RequestHead;
import dev.holdfast.http.Selecting;
import dev.holdfast.http.StoredResponse;
import dev.holdfast.policy.Freshness;
import dev.holdfast.policy.Validation;
import dev.holdfast.service.CachedOrigin;
import dev.holdfast.store.Entry;
import dev.holdfast.store.Store;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Has what was purged fetched anew on nobody's behalf. */
@Component
final class Refreshing {

  private final Store store;
  private final Fills fills;
  private final Time time;

  Refreshing(Store store, Fills fills, Time time) {
    this.store = store;
    this.fills = fills;
    this.time = time;
  }

  /**
   * Has a target fetched in each variant that was stored, as far as that can be asked for without
   * anybody's credentials, and once without any field where there is none.
   *
   * @param hit what was stored of it, and is not fresh any more
   */
  void refresh(CachedOrigin origin, String target, List<Entry> hit) {
    Map<Fields, @Nullable Entry> variants = new LinkedHashMap<>();
    for (Entry entry : hit) {
      Fields fields = fieldsOf(entry.selecting());
      boolean isNobodys = !fields.contains("Authorization") && !fields.contains("Cookie");
      if (isNobodys && entry.key().discriminator().isEmpty()) {
        variants.put(fields, entry);
      }
    }
    if (variants.isEmpty()) {
      variants.put(Fields.EMPTY, null);
    }
    variants.forEach((fields, entry) -> fetch(origin, target, fields, entry));
  }

  private void fetch(CachedOrigin origin, String target, Fields fields, @Nullable Entry stored) {
    RequestHead request = new RequestHead("GET", target, fields, "1.1");
    CacheKey key = origin.keyOf(request);
    Entry validated = canBeValidated(stored) ? stored : null;
    Ask ask =
        new Ask(origin.origin(), key, request, validated, null, origin.terms(), Runnable::run);
    if (ask.couldStore()) {
      Selecting variant = stored == null ? Selecting.ALWAYS : stored.selecting();
      fills.refresh(ask, variant, () -> isFresh(origin, key, fields));
    }
  }

  private boolean canBeValidated(@Nullable Entry entry) {
    return entry != null
        && store.isValid(entry)
        && entry.value() instanceof StoredResponse stored
        && Validation.isPossible(stored);
  }

  private boolean isFresh(CachedOrigin origin, CacheKey key, Fields fields) {
    StoredResponse stored = store.responseIn(store.peek(key, fields));
    return stored != null
        && Freshness.isFresh(stored, origin.policyFor(stored.head().status()), time.now());
  }

  /** Fields by which a request selects the same. */
  private static Fields fieldsOf(Selecting selecting) {
    Fields.Builder fields = Fields.builder();
    for (int i = 0; i < selecting.names().size(); i++) {
      String value = selecting.values().get(i);
      if (value != null) {
        fields.add(selecting.names().get(i), value);
      }
    }
    return fields.build();
  }
}
