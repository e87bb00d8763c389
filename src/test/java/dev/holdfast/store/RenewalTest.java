package dev.holdfast.store;

import static dev.holdfast.store.Entries.CACHE;
import static dev.holdfast.store.Entries.KEY;
import static dev.holdfast.store.Entries.OTHER_KEY;
import static dev.holdfast.store.Entries.found;
import static dev.holdfast.store.Entries.target;
import static dev.holdfast.store.Store.Written.NO_ROOM;
import static dev.holdfast.store.Store.Written.STORED;
import static dev.holdfast.store.Store.Written.SUPERSEDED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.http.Fields;
import dev.holdfast.testing.FakeTicker;
import dev.holdfast.testing.Together;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A stored entry goes on under what its origin says anew, if it is still that very entry. */
class RenewalTest {

  private final FakeTicker time = new FakeTicker();
  private final BodyMemory memory = new BodyMemory(1_000_000);
  private final Entries entries = new Entries(memory);
  private final Store store = new Store(1_000_000, time);

  @AfterEach
  void nothingIsLeft() {
    store.close();
    assertThat(memory.usedBytes()).isZero();
  }

  @Test
  void storedEntry_hasTheNewValueAndItsOwnBody() {
    Entry entry = written("old");

    assertThat(store.renew(entry, said("new", store.begin()))).isEqualTo(STORED);

    assertThat(found(store, KEY)).isEqualTo("new");
    assertThat(store.peek(KEY, Fields.EMPTY)).isSameAs(entry);
    assertThat(store.counts(CACHE).size()).isEqualTo(1);
    assertThat(entry.body().refCnt()).isEqualTo(1);
  }

  @Test
  void renewedEntry_isKeptFromThenOn() {
    Entry entry = written("old");
    time.advance(Duration.ofMinutes(50));
    store.renew(entry, said("new", store.begin()));
    time.advance(Duration.ofMinutes(50));
    assertThat(found(store, KEY)).isEqualTo("new");

    time.advance(Duration.ofMinutes(11));

    assertThat(found(store, KEY)).isEqualTo("-");
  }

  @Test
  void renewedEntry_isWeighedAnew() {
    Entry entry = written("old");
    long before = store.usedBytes();

    store.renew(entry, new Entry.State("new", Set.of(), store.begin(), Entries.HOUR, 10 + 77));

    assertThat(store.usedBytes()).isEqualTo(before + 77);
  }

  @Test
  void newValueThatThereIsNoRoomFor_isNotTaken_andNoMoreIsUsedThanMayBe() {
    Entry entry = written("old");
    entry.body().retain(); // somebody reads it

    Store.Written renewed =
        store.renew(entry, new Entry.State("new", Set.of(), store.begin(), Entries.HOUR, 999_901));

    assertThat(renewed).isEqualTo(NO_ROOM);
    assertThat(store.usedBytes()).isEqualTo(100 + Entries.OVERHEAD_BYTES);
    assertThat(found(store, KEY)).isEqualTo("-");
    entry.body().release();
    assertThat(store.usedBytes()).isZero();
  }

  @Test
  void invalidatedEntry_isNotRenewed() {
    Entry entry = written("old");
    store.invalidate(CACHE, new Scope.Everything());

    assertThat(store.renew(entry, said("new", store.begin()))).isEqualTo(SUPERSEDED);
    assertThat(found(store, KEY)).isEqualTo("-");
  }

  @Test
  void invalidatedSinceTheQuestion_isNotRenewed() {
    Entry entry = written("old");
    long asked = store.begin();
    store.invalidate(CACHE, new Scope.Tag("blue"));

    assertThat(store.renew(entry, new Entry.State("new", Set.of("blue"), asked, Entries.HOUR, 10)))
        .isEqualTo(SUPERSEDED);
    assertThat(found(store, KEY)).isEqualTo("old");
  }

  @Test
  void lookUpBesideRenewals_findsOneOfTheTwo_thoughTheNewOneHasATagThatWasPurgedBefore() {
    Entry entry = written("old");
    AtomicBoolean done = new AtomicBoolean();
    Together.Task renewing =
        () -> {
          for (int i = 0; i < 20_000; i++) {
            store.invalidate(CACHE, new Scope.Tag("t" + i));
            Set<String> tags = Set.of("t" + i);
            Entry.State said = new Entry.State("new", tags, store.begin(), Entries.HOUR, 10);
            assertThat(store.renew(entry, said)).isEqualTo(STORED);
          }
          done.set(true);
        };
    Together.Task lookingUp =
        () -> {
          while (!done.get() && store.peek(KEY, Fields.EMPTY) != null) {
            Thread.onSpinWait();
          }
        };

    Together.run(List.of(renewing, lookingUp));

    assertThat(found(store, KEY)).isEqualTo("new");
  }

  @Test
  void renewedEntry_isInvalidatedByItsNewTags() {
    Entry entry = written("old");
    store.renew(entry, new Entry.State("new", Set.of("blue"), store.begin(), Entries.HOUR, 10));
    assertThat(found(store, KEY)).isEqualTo("new");

    store.invalidate(CACHE, new Scope.Tag("blue"));

    assertThat(found(store, KEY)).isEqualTo("-");
  }

  @Test
  void replacedEntry_isNotRenewed() {
    Entry entry = written("old");
    written("other");

    assertThat(store.renew(entry, said("new", store.begin()))).isEqualTo(SUPERSEDED);
    assertThat(found(store, KEY)).isEqualTo("other");
  }

  @Test
  void goneEntry_isNotRenewed() {
    Entry entry = written("old");
    store.invalidate(CACHE, target(KEY));

    assertThat(store.renew(entry, said("new", store.begin()))).isEqualTo(SUPERSEDED);
    assertThat(store.usedBytes()).isZero();
  }

  @Test
  void renewedEntry_noVariantThatBeganBeforeIsStoredBesideIt() {
    Entry forAll = written("old");
    long between = store.begin();
    assertThat(store.renew(forAll, said("confirmed", store.begin()))).isEqualTo(STORED);
    assertThat(store.write(entries.variant(KEY, "en", between))).isEqualTo(SUPERSEDED);

    assertThat(found(store, KEY, Entries.asking("en"))).isEqualTo("confirmed");
  }

  @Test
  void laterFetchHasRenewedIt_earlierOneDoesNot() {
    Entry entry = written("old");
    long earlier = store.begin();
    assertThat(store.renew(entry, said("later", store.begin()))).isEqualTo(STORED);

    assertThat(store.renew(entry, said("earlier", earlier))).isEqualTo(SUPERSEDED);
    assertThat(found(store, KEY)).isEqualTo("later");
  }

  @Test
  void renewedEntry_isNotReplacedByWhatBeganBeforeItsRenewal() {
    Entry entry = written("old");
    long between = store.begin();
    store.renew(entry, said("new", store.begin()));

    assertThat(store.write(entries.entry(KEY, "late", between)))
        .isEqualTo(Store.Written.SUPERSEDED);
    assertThat(store.write(entries.entry(OTHER_KEY, "other", between)))
        .isEqualTo(Store.Written.STORED);
    assertThat(found(store, KEY)).isEqualTo("new");
  }

  private Entry written(String word) {
    Entry entry = entries.entry(KEY, word, store.begin());
    assertThat(store.write(entry)).isEqualTo(Store.Written.STORED);
    return entry;
  }

  private static Entry.State said(String word, long began) {
    return new Entry.State(word, Set.of(), began, Entries.HOUR, Entries.OVERHEAD_BYTES);
  }
}
