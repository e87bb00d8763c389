package dev.holdfast.store;

import static dev.holdfast.store.Entries.CACHE;
import static dev.holdfast.store.Entries.KEY;
import static dev.holdfast.store.Entries.OTHER_KEY;
import static dev.holdfast.store.Entries.asking;
import static dev.holdfast.store.Entries.found;
import static dev.holdfast.store.Entries.target;
import static dev.holdfast.store.Store.Written.STORED;
import static dev.holdfast.store.Store.Written.SUPERSEDED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.http.CacheKey;
import dev.holdfast.testing.NoLeaks;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** No resurrection (law 2) and no regress (law 3), and what becomes of the bytes. */
@ExtendWith(NoLeaks.class)
class StoreLawsTest {

  private final BodyMemory memory = new BodyMemory(1 << 20);
  private final Entries entries = new Entries(memory);

  /** What happens when Caffeine next asks for the time, once. */
  private final AtomicReference<Runnable> onTick = new AtomicReference<>(() -> {});

  private final Store store = new Store(1 << 20, this::tick);

  private long tick() {
    Objects.requireNonNull(onTick.getAndSet(() -> {})).run();
    return 0;
  }

  @AfterEach
  void nothingIsLeft() {
    store.close();
    assertThat(memory.usedBytes()).isZero();
    assertThat(store.usedBytes()).isZero();
    assertThat(store.counts(CACHE).size()).isZero();
  }

  @Test
  void laterFetch_replacesAnEarlierOneAndReleasesItsBody() {
    write(entries.entry(KEY, "one", store.begin()));
    write(entries.entry(KEY, "two", store.begin()));

    assertThat(found(store, KEY)).isEqualTo("two");
    assertThat(memory.usedBytes()).isEqualTo(100);
    assertThat(store.counts(CACHE).size()).isEqualTo(1);
    assertThat(store.counts(CACHE).puts()).isEqualTo(2);
    assertThat(store.counts(CACHE).evictions()).isZero();
    assertThat(store.usedBytes()).isEqualTo(100 + Entries.OVERHEAD_BYTES);
  }

  @Test
  void targetInvalidated_goesUnderEachOfItsKeys() {
    CacheKey one = new CacheKey(CACHE, KEY.target(), "one");
    CacheKey two = new CacheKey(CACHE, KEY.target(), "two");
    write(entries.entry(KEY, "plain", store.begin()));
    write(entries.entry(one, "one", store.begin()));
    write(entries.entry(two, "two", store.begin()));
    write(entries.entry(OTHER_KEY, "other", store.begin()));
    assertThat(store.ofTarget(CACHE, KEY.target()))
        .extracting(Entry::value)
        .containsExactlyInAnyOrder("plain", "one", "two");

    store.invalidate(CACHE, target(KEY));

    assertThat(store.ofTarget(CACHE, KEY.target())).isEmpty();
    assertThat(memory.usedBytes()).as("all but the other's is given back").isEqualTo(100);
    write(entries.entry(two, "two", store.begin()));
    assertThat(store.ofTarget(CACHE, KEY.target())).extracting(Entry::value).containsOnly("two");
  }

  @Test
  void earlierFetch_neverReplacesALaterOne() {
    long earlier = store.begin();
    write(entries.entry(KEY, "later", store.begin()));

    assertThat(store.write(entries.entry(KEY, "earlier", earlier))).isEqualTo(SUPERSEDED);

    assertThat(found(store, KEY)).isEqualTo("later");
    assertThat(memory.usedBytes()).isEqualTo(100);
    assertThat(store.counts(CACHE).puts()).isEqualTo(1);
  }

  @Test
  void earlierFetchOfAnotherVariant_isStored() {
    long earlier = store.begin();
    write(entries.variant(KEY, "de", store.begin()));

    write(entries.variant(KEY, "en", earlier));

    assertThat(found(store, KEY, asking("de"))).isEqualTo("de");
    assertThat(found(store, KEY, asking("en"))).isEqualTo("en");
  }

  @Test
  void whatIsStored_isNotFoundAfterAnInvalidation() {
    write(entries.variant(KEY, "de", store.begin()));
    write(entries.variant(KEY, "en", store.begin()));
    write(entries.entry(OTHER_KEY, "other", store.begin()));

    store.invalidate(CACHE, target(KEY));

    assertThat(found(store, KEY, asking("de"))).isEqualTo("-");
    assertThat(found(store, KEY, asking("en"))).isEqualTo("-");
    assertThat(found(store, OTHER_KEY)).isEqualTo("other");
    assertThat(memory.usedBytes()).isEqualTo(100);
    assertThat(store.counts(CACHE).size()).isEqualTo(1);
  }

  @Test
  void invalidationOfATarget_reachesEveryDiscriminator() {
    CacheKey mine = new CacheKey(CACHE, KEY.target(), "mine");
    CacheKey ofAnother = new CacheKey(CACHE, OTHER_KEY.target(), "mine");
    long before = store.begin();
    write(entries.entry(KEY, "plain", store.begin()));
    write(entries.entry(mine, "mine", store.begin()));
    write(entries.entry(ofAnother, "another", store.begin()));
    assertThat(found(store, mine)).as("kept apart").isEqualTo("mine");
    assertThat(found(store, KEY)).isEqualTo("plain");

    store.invalidate(CACHE, target(KEY));

    assertThat(found(store, mine)).isEqualTo("-");
    assertThat(found(store, KEY)).isEqualTo("-");
    assertThat(store.write(entries.entry(mine, "late", before))).isEqualTo(SUPERSEDED);
    assertThat(store.mayBeInvalidated(mine, before)).as("and nobody joins its fill").isTrue();
    assertThat(found(store, ofAnother)).isEqualTo("another");
  }

  @Test
  void whatHasATag_isNotFoundAfterItsInvalidation_andNotWrittenIfItBeganBefore() {
    long before = store.begin();
    write(entries.tagged(KEY, "blue", store.begin()));
    write(entries.tagged(OTHER_KEY, "red", store.begin()));

    store.invalidate(CACHE, new Scope.Tag("blue"));

    assertThat(found(store, KEY)).isEqualTo("-");
    assertThat(found(store, OTHER_KEY)).isEqualTo("red");
    assertThat(store.write(entries.tagged(KEY, "blue", before))).isEqualTo(SUPERSEDED);
    write(entries.tagged(KEY, "green", before));
    assertThat(found(store, KEY)).isEqualTo("green");
  }

  @Test
  void whatLiesUnderAPath_isNotFoundAfterItsInvalidation_andNotWrittenIfItBeganBefore() {
    CacheKey elsewhere = new CacheKey(CACHE, "/users/1");
    long before = store.begin();
    write(entries.entry(KEY, "item", store.begin()));
    write(entries.entry(elsewhere, "user", store.begin()));

    store.invalidate(CACHE, new Scope.Prefix("/items"));

    assertThat(found(store, KEY)).isEqualTo("-");
    assertThat(found(store, elsewhere)).isEqualTo("user");
    assertThat(store.write(entries.entry(KEY, "late", before))).isEqualTo(SUPERSEDED);
    assertThat(store.mayBeInvalidated(KEY, before)).isTrue();
    assertThat(store.mayBeInvalidated(elsewhere, before)).isFalse();
  }

  @Test
  void writeOfWhatBeganBeforeAnInvalidation_isSuperseded() {
    long before = store.begin();
    store.invalidate(CACHE, target(KEY));
    long after = store.begin();
    assertThat(store.isInvalidated(KEY, before, Set.of())).isTrue();
    assertThat(store.isInvalidated(KEY, after, Set.of())).isFalse();

    assertThat(store.write(entries.entry(KEY, "before", before))).isEqualTo(SUPERSEDED);
    assertThat(found(store, KEY)).isEqualTo("-");
    assertThat(memory.usedBytes()).isZero();

    write(entries.entry(KEY, "after", after));
    assertThat(found(store, KEY)).isEqualTo("after");
  }

  @Test
  void wholeCache_isInvalidated_andOthersAreNot() {
    CacheKey elsewhere = new CacheKey("other", KEY.target());
    long before = store.begin();
    write(entries.entry(KEY, "one", before));
    write(entries.entry(elsewhere, "elsewhere", before));

    store.invalidate(CACHE, new Scope.Everything());

    assertThat(found(store, KEY)).isEqualTo("-");
    assertThat(found(store, elsewhere)).isEqualTo("elsewhere");
    assertThat(store.write(entries.entry(OTHER_KEY, "two", before))).isEqualTo(SUPERSEDED);
    write(entries.entry(KEY, "three", store.begin()));
    assertThat(found(store, KEY)).isEqualTo("three");
    store.invalidate("other", new Scope.Everything());
    assertThat(found(store, elsewhere)).isEqualTo("-");
  }

  @Test
  void readerOfAnInvalidatedEntry_keepsItsBytesUntilItIsDone() {
    Entry entry = entries.entry(KEY, "one", store.begin());
    write(entry);
    assertThat(entry.body().tryRetain()).isTrue();

    store.invalidate(CACHE, target(KEY));

    assertThat(memory.usedBytes()).isEqualTo(100);
    entry.body().release();
    assertThat(memory.usedBytes()).isZero();
    assertThat(entry.body().tryRetain()).isFalse();
  }

  @Test
  void entryReplacedBeforeItIsKept_isReleased() {
    Entry earlier = entries.entry(KEY, "earlier", store.begin());
    Entry later = entries.entry(KEY, "later", store.begin());
    onTick.set(() -> write(later)); // Caffeine asks before it takes the earlier one in

    write(earlier);

    assertThat(found(store, KEY)).isEqualTo("later");
    assertThat(memory.usedBytes()).isEqualTo(100);
    assertThat(store.counts(CACHE).size()).isEqualTo(1);
  }

  @Test
  void entryPurgedBeforeItIsKept_isNotFoundAndIsReleased() {
    onTick.set(() -> store.invalidate(CACHE, target(KEY)));

    write(entries.entry(KEY, "one", store.begin()));

    assertThat(found(store, KEY)).isEqualTo("-");
    assertThat(memory.usedBytes()).isZero();
  }

  @Test
  void writeThatFails_leavesNothingBehind() {
    onTick.set(
        () -> {
          throw new LinkageError("the clock is broken");
        });
    Entry entry = entries.entry(KEY, "one", store.begin());

    assertThatThrownBy(() -> store.write(entry)).hasMessage("the clock is broken");

    assertThat(memory.usedBytes()).isZero();
    assertThat(found(store, KEY)).isEqualTo("-");
    assertThat(store.counts(CACHE).size()).isZero();
    write(entries.entry(KEY, "two", store.begin()));
    assertThat(found(store, KEY)).isEqualTo("two");
  }

  private void write(Entry entry) {
    assertThat(store.write(entry)).isEqualTo(STORED);
  }
}
