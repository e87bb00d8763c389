package dev.holdfast.fill;

import dev.holdfast.http.FetchTimes;
import dev.holdfast.http.NotStorable;
import dev.holdfast.http.ResponseHead;
import dev.holdfast.http.Selecting;
import dev.holdfast.http.StoredResponse;
import dev.holdfast.policy.Validation;
import dev.holdfast.policy.VariantTags;
import dev.holdfast.store.Body;
import dev.holdfast.store.Entry;
import dev.holdfast.store.Store;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What an answer without content says of what is stored: a 304 (RFC 9111 §4.3.4), or the response
 * to a {@code HEAD} (§4.3.5).
 */
final class Renewal {

  private final Ask ask;
  private final Store store;
  private final Beginning began;
  private final ResponseHead said;
  private final FetchTimes fetched;

  /** The stored response that the origin says may still be used. */
  private @Nullable Entry confirmed;

  Renewal(Ask ask, Store store, Beginning began, ResponseHead said, FetchTimes fetched) {
    this.ask = ask;
    this.store = store;
    this.began = began;
    this.said = said;
    this.fetched = fetched;
  }

  /**
   * The stored response that the 304 has confirmed.
   *
   * @throws NullPointerException if it has confirmed none
   */
  Entry confirmed() {
    return Objects.requireNonNull(confirmed);
  }

  /** The 304 says that a stored response which was asked about may still be used. */
  FillOutcome confirm() {
    Entry selected = ask.selectedBy(said);
    if (selected == null) {
      return new FillOutcome.NotStored(NotStorable.STATUS);
    }
    confirmed = selected;
    for (Entry entry : ask.asked()) { // the same bytes under other variants
      if (entry != selected && VariantTags.isStronglyNamed(Ask.responseOf(entry), said)) {
        renew(entry);
      }
    }
    FillOutcome how = renew(selected);
    boolean isOwn = selected.selecting().matches(ask.request().fields());
    return isOwn || !(how instanceof FillOutcome.Revalidated) ? how : adopt(selected);
  }

  /**
   * The {@code HEAD}'s response renews what is stored of the same, or shows that it is outdated.
   */
  void compare() {
    Entry entry = store.peek(ask.key(), ask.request().fields());
    boolean ofTheWhole = said.status() == 200 && ask.request().fields().first("Range") == null;
    if (entry == null || entry.began() > began.reading() || !ofTheWhole) {
      return;
    }
    if (entry.value() instanceof StoredResponse stored
        && Validation.isHeadOf(stored, entry.body().lengthBytes(), said)) {
      renew(entry);
    } else {
      store.discard(entry);
    }
  }

  private FillOutcome renew(Entry entry) {
    StoredResponse freshened = freshened(entry);
    if (freshened == null) {
      return new FillOutcome.NotStored(NotStorable.STATUS);
    }
    Store.Written how = store.renew(entry, began.stateOf(freshened, entry.body(), ask));
    return FillOutcome.of(how, new FillOutcome.Revalidated());
  }

  private @Nullable StoredResponse freshened(Entry entry) {
    StoredResponse stored = Ask.responseOf(entry);
    return Validation.freshened(
        stored, ask.request(), said, fetched, ask.policyFor(stored.head().status()));
  }

  /**
   * The origin has chosen another variant's response for this request (§4.3.3): it is stored for
   * the request's own variant, too, and serves this request alone where that cannot be.
   */
  private FillOutcome adopt(Entry other) {
    StoredResponse freshened = freshened(other);
    Body body = other.body().tryShare();
    if (freshened == null || body == null) {
      return new FillOutcome.Superseded();
    }
    Selecting own = Selecting.of(freshened.head().fields(), ask.request().fields());
    Entry adopted =
        new Entry(ask.key(), own, body, began.stateOf(freshened.selectedBy(own), body, ask));
    Store.Written how = store.write(adopted);
    if (how == Store.Written.STORED) {
      confirmed = adopted;
    }
    return how == Store.Written.SUPERSEDED
        ? new FillOutcome.Superseded()
        : new FillOutcome.Revalidated();
  }
}
