package dev.holdfast.store;

import static dev.holdfast.store.Entries.CACHE;
import static dev.holdfast.store.Entries.KEY;
import static dev.holdfast.store.Entries.OVERHEAD_BYTES;
import static dev.holdfast.store.Entries.found;
import static dev.holdfast.store.Store.Written.NO_ROOM;
import static dev.holdfast.store.Store.Written.STORED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.http.CacheKey;
import dev.holdfast.http.Selecting;
import dev.holdfast.testing.FakeTicker;
import dev.holdfast.testing.NoLeaks;
import dev.holdfast.testing.Together;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Law 6: what has left the store counts until its last reader is done, and takes its room. */
@ExtendWith(NoLeaks.class)
class StoreLingeringTest {

  private static final int MAX_BYTES = 10_000;
  private static final int WEIGHT = 1_000;

  private final BodyMemory memory = new BodyMemory(1 << 20);
  private final Entries entries = new Entries(memory);
  private final Store store = new Store(MAX_BYTES, new FakeTicker());
  private final AtomicInteger keys = new AtomicInteger();

  @AfterEach
  void nothingIsLeft() {
    store.close();
    store.settle();
    assertThat(memory.usedBytes()).isZero();
    assertThat(store.usedBytes()).isZero();
    assertThat(store.counts(CACHE).size()).isZero();
  }

  @Test
  void evictedWhileTheyAreRead_countUntilTheLastReaderIsDone() {
    List<Body> read = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      read.add(retained(write(STORED)));
    }
    for (int i = 0; i < 30; i++) {
      store.write(entry());
      assertThat(store.usedBytes()).isLessThanOrEqualTo(MAX_BYTES);
      assertThat(memory.usedBytes()).isLessThanOrEqualTo(store.usedBytes());
    }

    read.forEach(Body::release);
    for (int i = 0; i < 20; i++) {
      write(STORED);
      assertThat(store.usedBytes()).isLessThanOrEqualTo(MAX_BYTES);
    }
    assertThat(store.counts(CACHE).size()).as("all the room is there again").isEqualTo(10);
    assertThat(store.usedBytes()).isEqualTo(MAX_BYTES);
  }

  @Test
  void roomThatReadersTake_isRefused_andGivenWhenTheyAreDone() {
    List<Body> read = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      read.add(retained(write(STORED)));
    }
    store.close(); // nothing is stored, all is read
    assertThat(store.usedBytes()).isEqualTo(MAX_BYTES);

    write(NO_ROOM);
    read.get(0).release();
    write(STORED);
    write(STORED);
    store.settle();
    assertThat(store.usedBytes()).isEqualTo(MAX_BYTES);
    assertThat(store.counts(CACHE).size()).as("room for one").isEqualTo(1);

    read.subList(1, 10).forEach(Body::release);
    assertThat(store.usedBytes()).isEqualTo(WEIGHT);
  }

  @Test
  void invalidatedWhileItIsRead_countsUntilItsReadersAreDone() {
    Entry entry = entries.entry(KEY, "one", store.begin());
    assertThat(store.write(entry)).isEqualTo(STORED);
    Body first = retained(entry);
    Body second = retained(entry);

    store.invalidate(KEY.cache(), Entries.target(KEY));
    store.settle();
    assertThat(found(store, KEY)).isEqualTo("-");

    first.release();
    assertThat(store.usedBytes()).isEqualTo(100 + OVERHEAD_BYTES);
    second.release();
    assertThat(store.usedBytes()).isZero();
  }

  @Test
  void replacedWhileItIsRead_countsBesideWhatTookItsPlace() {
    Entry old = entries.entry(KEY, "old", store.begin());
    assertThat(store.write(old)).isEqualTo(STORED);
    Body read = retained(old);

    assertThat(store.write(entries.entry(KEY, "new", store.begin()))).isEqualTo(STORED);
    store.settle();
    assertThat(store.usedBytes()).isEqualTo(2 * (100 + OVERHEAD_BYTES));

    read.release();
    assertThat(store.usedBytes()).isEqualTo(100 + OVERHEAD_BYTES);
  }

  @Test
  void renewedEntryThatGrows_findsItsRoomAmongWhatIsRead() {
    List<Body> read = new ArrayList<>();
    Entry growing = write(STORED);
    for (int i = 0; i < 9; i++) {
      read.add(retained(write(STORED)));
    }

    Set<String> tags = Set.of();
    long began = store.begin();
    store.renew(growing, new Entry.State("new", tags, began, Entries.HOUR, 100 + OVERHEAD_BYTES));

    assertThat(store.usedBytes()).isLessThanOrEqualTo(MAX_BYTES);
    read.forEach(Body::release);
  }

  @Test
  void unusedRoomInABuffer_countsAsUsed() {
    Body roomy = new Body(List.of(Objects.requireNonNull(memory.tryAllocate(500, () -> {}))));
    assertThat(roomy.lengthBytes()).isZero();

    store.write(
        new Entry(
            KEY,
            Selecting.ALWAYS,
            roomy,
            new Entry.State("roomy", Set.of(), store.begin(), Entries.HOUR, 10)));

    assertThat(store.usedBytes()).isEqualTo(510);
  }

  @Test
  void readersAndWritersOnThreadsOfTheirOwn_neverTakeMoreThanThereIs() {
    List<Together.Task> tasks = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Random random = new Random(i);
      tasks.add(() -> readAndWrite(random));
    }
    Together.run(tasks);

    store.settle();
    assertThat(store.usedBytes()).isLessThanOrEqualTo(MAX_BYTES);
    assertThat(store.usedBytes() - store.counts(CACHE).size() * OVERHEAD_BYTES)
        .isEqualTo(memory.usedBytes());
  }

  private void readAndWrite(Random random) {
    List<Body> read = new ArrayList<>();
    for (int round = 0; round < 2_000; round++) {
      Entry entry = entry();
      if (random.nextBoolean() && entry.body().tryRetain()) {
        read.add(entry.body());
      }
      store.write(entry);
      while (read.size() > random.nextInt(4)) {
        read.remove(random.nextInt(read.size())).release();
      }
    }
    read.forEach(Body::release);
  }

  private Entry entry() {
    CacheKey key = new CacheKey(CACHE, "/" + keys.incrementAndGet());
    int bytes = WEIGHT - OVERHEAD_BYTES;
    return entries.entry(key, Selecting.ALWAYS, "one", store.begin(), Entries.HOUR, bytes);
  }

  private Entry write(Store.Written expected) {
    Entry entry = entry();
    assertThat(store.write(entry)).isEqualTo(expected);
    return entry;
  }

  private static Body retained(Entry entry) {
    assertThat(entry.body().tryRetain()).isTrue();
    return entry.body();
  }
}
