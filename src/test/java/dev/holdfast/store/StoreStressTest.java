package dev.holdfast.store;

import static dev.holdfast.store.Entries.CACHE;
import static dev.holdfast.store.Entries.target;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.http.CacheKey;
import dev.holdfast.testing.Bytes;
import dev.holdfast.testing.FakeTicker;
import dev.holdfast.testing.NoLeaks;
import dev.holdfast.testing.Together;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The laws under real threads: writers, readers and purges of the same few keys. */
@ExtendWith(NoLeaks.class)
class StoreStressTest {

  private static final int KEYS = 3;
  private static final List<String> LANGUAGES = List.of("de", "en", "fr");
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final int THREADS = 4;
  private static final int ROUNDS = 5_000;

  private final BodyMemory memory = new BodyMemory(1 << 20);
  private final Entries entries = new Entries(memory);
  private final FakeTicker ticker = new FakeTicker();
  private final LongAdder reads = new LongAdder();

  /** By key: a reading of the clock from before its last acknowledged purge. */
  private final AtomicLongArray purged = new AtomicLongArray(KEYS);

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void writersReadersAndPurges_leaveExactlyWhatIsListed(boolean crowded) {
    Store store = new Store(crowded ? 1_500 : 1 << 20, ticker);
    List<Together.Task> tasks = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      Random random = new Random(i);
      tasks.add(() -> work(store, random, crowded));
    }
    Together.run(tasks);
    assertThat(reads.sum()).isPositive();

    ticker.advance(MINUTE.dividedBy(2)); // Caffeine is a second late where nobody looks up
    listed(store); // looking up also lets go of what was purged
    store.settle();
    List<Entry> listed = listed(store);
    assertThat(memory.usedBytes())
        .isEqualTo(listed.stream().mapToLong(entry -> entry.body().lengthBytes()).sum());
    assertThat(store.usedBytes())
        .isEqualTo(listed.stream().mapToLong(Entry::weightBytes).sum())
        .isLessThanOrEqualTo(store.maxBytes());
    assertThat(store.counts(CACHE).size()).isEqualTo(listed.size());

    for (int i = 0; i < KEYS; i++) {
      store.invalidate(CACHE, target(key(i)));
    }
    store.settle();
    assertThat(memory.usedBytes()).isZero();
    assertThat(store.usedBytes()).isZero();
    assertThat(store.counts(CACHE).size()).isZero();
  }

  private void work(Store store, Random random, boolean crowded) {
    for (int round = 0; round < ROUNDS; round++) {
      int number = random.nextInt(KEYS);
      String language = LANGUAGES.get(random.nextInt(LANGUAGES.size()));
      switch (random.nextInt(8)) {
        case 0 -> purge(store, number);
        case 1 -> ticker.advance(MINUTE);
        case 2, 3, 4 -> write(store, number, language, random.nextInt(200), crowded);
        default -> read(store, number, language, crowded);
      }
    }
  }

  private void purge(Store store, int number) {
    long before = store.begin();
    if (number == 0) {
      store.invalidate(CACHE, new Scope.Everything());
    } else {
      store.invalidate(CACHE, target(key(number)));
    }
    for (int i = 0; i < KEYS; i++) {
      if (number == 0 || number == i) {
        purged.accumulateAndGet(i, before, Math::max);
      }
    }
  }

  private void write(Store store, int number, String language, int bytes, boolean crowded) {
    long began = store.begin();
    Duration keepFor = crowded ? MINUTE.multipliedBy(1 + bytes) : Entries.HOUR;
    store.write(
        entries.entry(key(number), Entries.selecting(language), language, began, keepFor, bytes));
  }

  private void read(Store store, int number, String language, boolean crowded) {
    long acknowledged = purged.get(number);
    Entry first = store.find(key(number), Entries.asking(language));
    Entry second = store.find(key(number), Entries.asking(language));
    if (second == null) {
      return;
    }
    check(second.began() > acknowledged, "from before a purge");
    check(second.value().equals(language), "another variant");
    // what expires or is evicted is no longer stored, and an older fetch may take its place
    boolean regress = first != null && first.began() > second.began();
    check(crowded || !regress, "an older fetch came back");
    checkBytes(second);
  }

  private void checkBytes(Entry entry) {
    if (entry.body().tryRetain()) {
      entry
          .body()
          .ownBuffers()
          .forEach(
              buffer ->
                  check(Bytes.areFromStart(Bytes.take(buffer.retainedDuplicate())), "wrong bytes"));
      entry.body().release();
      reads.increment();
    }
  }

  private static List<Entry> listed(Store store) {
    List<Entry> listed = new ArrayList<>();
    for (int i = 0; i < KEYS; i++) {
      for (String language : LANGUAGES) {
        Entry entry = store.peek(key(i), Entries.asking(language));
        if (entry != null) {
          listed.add(entry);
        }
      }
    }
    return listed;
  }

  private static CacheKey key(int number) {
    return new CacheKey(CACHE, number);
  }

  private static void check(boolean right, String otherwise) {
    if (!right) {
      throw new AssertionError(otherwise);
    }
  }
}
