package dev.holdfast.store;

import static dev.holdfast.store.Entries.CACHE;
import static dev.holdfast.store.Entries.KEY;
import static dev.holdfast.store.Entries.OTHER_KEY;
import static dev.holdfast.store.Entries.found;
import static dev.holdfast.store.Store.Written.NO_ROOM;
import static dev.holdfast.store.Store.Written.STORED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.http.CacheKey;
import dev.holdfast.http.Fields;
import dev.holdfast.http.Selecting;
import dev.holdfast.testing.FakeTicker;
import dev.holdfast.testing.NoLeaks;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What leaves the store by age and for want of room. */
@ExtendWith(NoLeaks.class)
class StoreBoundTest {

  private static final int MAX_BYTES = 10_000;

  private final BodyMemory memory = new BodyMemory(1 << 20);
  private final Entries entries = new Entries(memory);
  private final FakeTicker ticker = new FakeTicker();
  private final Store store = new Store(MAX_BYTES, ticker);

  @AfterEach
  void nothingIsLeft() {
    store.close();
    assertThat(memory.usedBytes()).isZero();
    assertThat(store.usedBytes()).isZero();
    assertThat(store.counts(CACHE).size()).isZero();
  }

  @Test
  void entries_expireEachByItsOwnAge() {
    write(KEY, Duration.ofSeconds(10), 100);
    write(OTHER_KEY, Duration.ofSeconds(20), 100);

    ticker.advance(Duration.ofSeconds(10).minusNanos(1));
    assertThat(found(store, KEY)).isEqualTo("/items/1");

    ticker.advance(Duration.ofNanos(1));
    assertThat(found(store, KEY)).isEqualTo("-");
    assertThat(found(store, OTHER_KEY)).isEqualTo("/items/2");

    ticker.advance(Duration.ofSeconds(10));
    assertThat(found(store, OTHER_KEY)).isEqualTo("-");
  }

  @Test
  void reading_doesNotKeepAnEntryLonger() {
    write(KEY, Duration.ofSeconds(10), 100);
    for (int i = 0; i < 9; i++) {
      ticker.advance(Duration.ofSeconds(1));
      assertThat(found(store, KEY)).isEqualTo("/items/1");
    }

    ticker.advance(Duration.ofSeconds(1));
    assertThat(found(store, KEY)).isEqualTo("-");
  }

  @Test
  void expiredEntry_isReleasedAndCountedAsEvicted() {
    write(KEY, Duration.ofSeconds(1), 100);

    ticker.advance(Duration.ofMinutes(5));
    store.settle();

    assertThat(memory.usedBytes()).isZero();
    assertThat(store.counts(CACHE).evictions()).isEqualTo(1);
    assertThat(store.counts(CACHE).size()).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -5})
  void entryThatIsKeptForNoTime_isGoneAtOnce(long seconds) {
    write(KEY, Duration.ofSeconds(seconds), 100);

    ticker.advance(Duration.ofSeconds(2));
    assertThat(found(store, KEY)).isEqualTo("-");
    store.settle();
    assertThat(memory.usedBytes()).isZero();
  }

  @Test
  void entryThatIsKeptForEver_outlivesACentury() {
    write(KEY, Duration.ofDays(36_500), 100);

    ticker.advance(Duration.ofDays(36_499));

    assertThat(found(store, KEY)).isEqualTo("/items/1");
  }

  @Test
  void moreThanThereIsRoomFor_evictsReleasesAndCounts() {
    for (int i = 0; i < 30; i++) {
      write(new CacheKey(CACHE, "/" + i), Entries.HOUR, 990);
      assertThat(store.usedBytes()).isLessThanOrEqualTo(MAX_BYTES);
    }
    store.settle();

    assertThat(store.counts(CACHE).size()).isEqualTo(10);
    assertThat(store.counts(CACHE).evictions()).isEqualTo(20);
    assertThat(store.usedBytes()).isEqualTo(10_000);
    assertThat(memory.usedBytes()).isEqualTo(9_900);
    long listed = 0;
    for (int i = 0; i < 30; i++) {
      listed += store.peek(new CacheKey(CACHE, "/" + i), Fields.EMPTY) == null ? 0 : 1;
    }
    assertThat(listed).isEqualTo(10);
  }

  @Test
  void entryHeavierThanTheStore_isRefused_andNothingElseHasToGo() {
    write(OTHER_KEY, Entries.HOUR, 100);

    assertThat(store.write(entry(KEY, MAX_BYTES + 1 - Entries.OVERHEAD_BYTES))).isEqualTo(NO_ROOM);

    assertThat(found(store, KEY)).isEqualTo("-");
    assertThat(found(store, OTHER_KEY)).isEqualTo("/items/2");
    assertThat(memory.usedBytes()).isEqualTo(100);
    assertThat(store.counts(CACHE).evictions()).isZero();
  }

  @Test
  void entryAsHeavyAsTheStore_isTakenIn() {
    assertThat(store.write(entry(KEY, MAX_BYTES - Entries.OVERHEAD_BYTES))).isEqualTo(STORED);

    assertThat(found(store, KEY)).isEqualTo("/items/1");
    assertThat(store.usedBytes()).isEqualTo(MAX_BYTES);
  }

  @Test
  void readerOfAnEvictedEntry_keepsItsBytesUntilItIsDone() {
    Entry entry = write(KEY, Duration.ofSeconds(1), 100);
    assertThat(entry.body().tryRetain()).isTrue();

    ticker.advance(Duration.ofMinutes(5));
    store.settle();

    assertThat(memory.usedBytes()).isEqualTo(100);
    entry.body().release();
    assertThat(memory.usedBytes()).isZero();
    assertThat(entry.body().tryRetain()).isFalse();
  }

  @Test
  void weight_isBodyAndOverheadAndNeverOverflows() {
    Entry entry = write(KEY, Entries.HOUR, 100);
    assertThat(entry.weightBytes()).isEqualTo(100 + Entries.OVERHEAD_BYTES);
    assertThat(store.usedBytes()).isEqualTo(entry.weightBytes());
    assertThat(store.maxBytes()).isEqualTo(MAX_BYTES);

    Body body = entries.body(100);
    Entry heavy =
        new Entry(
            KEY,
            Selecting.ALWAYS,
            body,
            new Entry.State("heavy", Set.of(), 1, Entries.HOUR, Integer.MAX_VALUE));
    assertThat(heavy.weightBytes()).isEqualTo(Integer.MAX_VALUE);
    Store large = new Store(Long.MAX_VALUE, ticker);
    assertThat(large.write(heavy)).as("cannot be weighed").isEqualTo(NO_ROOM);
    assertThat(body.refCnt()).isZero();
  }

  private Entry entry(CacheKey key, int bytes) {
    String word = key.target().toString();
    return entries.entry(key, Selecting.ALWAYS, word, store.begin(), Entries.HOUR, bytes);
  }

  private Entry write(CacheKey key, Duration keepFor, int bytes) {
    Entry entry =
        entries.entry(
            key, Selecting.ALWAYS, key.target().toString(), store.begin(), keepFor, bytes);
    assertThat(store.write(entry)).isEqualTo(STORED);
    return entry;
  }
}
