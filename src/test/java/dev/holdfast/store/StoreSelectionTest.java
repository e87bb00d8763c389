package dev.holdfast.store;

import static dev.holdfast.store.Entries.CACHE;
import static dev.holdfast.store.Entries.HOUR;
import static dev.holdfast.store.Entries.KEY;
import static dev.holdfast.store.Entries.OTHER_KEY;
import static dev.holdfast.store.Entries.asking;
import static dev.holdfast.store.Entries.found;
import static dev.holdfast.store.Entries.selecting;
import static dev.holdfast.store.Entries.target;
import static dev.holdfast.store.Store.Written.STORED;
import static dev.holdfast.store.Store.Written.SUPERSEDED;
import static dev.holdfast.store.Store.Written.TOO_MANY_VARIANTS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.http.CacheKey;
import dev.holdfast.http.Fields;
import dev.holdfast.http.Selecting;
import dev.holdfast.testing.FakeTicker;
import dev.holdfast.testing.NoLeaks;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NoLeaks.class)
class StoreSelectionTest {

  private final BodyMemory memory = new BodyMemory(1 << 20);
  private final Entries entries = new Entries(memory);
  private final FakeTicker ticker = new FakeTicker();
  private final Store store = new Store(1 << 20, ticker);

  @AfterEach
  void nothingIsLeft() {
    store.close();
    assertThat(memory.usedBytes()).isZero();
    assertThat(store.usedBytes()).isZero();
  }

  @Test
  void entry_isFoundUnderItsKeyAlone() {
    write(entries.entry(KEY, "one", store.begin()));

    assertThat(found(store, KEY)).isEqualTo("one");
    assertThat(found(store, OTHER_KEY)).isEqualTo("-");
    assertThat(found(store, new CacheKey("other", KEY.target()))).isEqualTo("-");
  }

  @Test
  void variant_isFoundByTheRequestThatSelectsIt() {
    write(entries.variant(KEY, "de", store.begin()));
    write(entries.variant(KEY, "en", store.begin()));

    assertThat(found(store, KEY, asking("de"))).isEqualTo("de");
    assertThat(found(store, KEY, asking("en"))).isEqualTo("en");
    assertThat(found(store, KEY, asking("fr"))).isEqualTo("-");
    assertThat(found(store, KEY)).isEqualTo("-");
  }

  @Test
  void laterOne_takesThePlaceOfEachThatAnswersARequestOfItsOwn() {
    write(entries.variant(KEY, "de", store.begin()));
    write(entries.variant(KEY, "en", store.begin()));
    write(entries.entry(KEY, "for all", store.begin()));
    assertThat(found(store, KEY, asking("de"))).isEqualTo("for all");

    write(entries.variant(KEY, "en", store.begin()));

    assertThat(found(store, KEY, asking("en"))).isEqualTo("en");
    assertThat(found(store, KEY, asking("de"))).isEqualTo("-");
    assertThat(store.counts(CACHE).size()).isEqualTo(1);
  }

  @Test
  void laterOneExpiresFirst_noEarlierOneComesBack() {
    write(entries.variant(KEY, "de", store.begin()));
    long later = store.begin();
    write(entries.entry(KEY, Selecting.ALWAYS, "for all", later, Duration.ofSeconds(1), 100));
    write(entries.entry(OTHER_KEY, "for all", store.begin()));
    later = store.begin();
    write(entries.entry(OTHER_KEY, selecting("de"), "de", later, Duration.ofSeconds(1), 100));
    ticker.advance(Duration.ofSeconds(1));

    assertThat(found(store, KEY, asking("de"))).isEqualTo("-");
    assertThat(found(store, OTHER_KEY, asking("de"))).isEqualTo("-");
  }

  @Test
  void earlierOne_isNotStoredBesideWhatAnswersARequestOfItsOwn() {
    long earlier = store.begin();
    write(entries.entry(KEY, "for all", store.begin()));
    write(entries.variant(OTHER_KEY, "de", store.begin()));

    assertThat(store.write(entries.variant(KEY, "de", earlier))).isEqualTo(SUPERSEDED);
    assertThat(store.write(entries.entry(OTHER_KEY, "for all", earlier))).isEqualTo(SUPERSEDED);
    assertThat(store.write(entries.variant(OTHER_KEY, "en", earlier))).isEqualTo(STORED);
  }

  @Test
  void lookUps_areCountedAsHitsAndMisses_peeksAreNot() {
    write(entries.entry(KEY, "one", store.begin()));
    found(store, KEY);
    found(store, KEY);
    found(store, OTHER_KEY);
    assertThat(store.peek(KEY, Fields.EMPTY)).isNotNull();
    assertThat(store.peek(OTHER_KEY, Fields.EMPTY)).isNull();

    CacheCounts counts = store.counts(CACHE);
    assertThat(counts.hits()).isEqualTo(2);
    assertThat(counts.misses()).isEqualTo(1);
    assertThat(counts.puts()).isEqualTo(1);
    assertThat(counts.size()).isEqualTo(1);
    assertThat(store.counts("other").hits()).isZero();
  }

  @Test
  void hasVariants_saysWhetherAnythingIsStoredWhateverSelectsIt() {
    assertThat(store.hasVariants(KEY)).isFalse();
    write(entries.variant(KEY, "de", store.begin()));

    assertThat(store.hasVariants(KEY)).isTrue();
    assertThat(store.hasVariants(OTHER_KEY)).isFalse();
    store.invalidate(CACHE, target(KEY));
    assertThat(store.hasVariants(KEY)).isFalse();
  }

  @Test
  void selectingNames_areThoseOfTheLastWrite() {
    assertThat(store.selectingNames(KEY)).isEmpty();
    write(entries.entry(KEY, "for all", store.begin()));
    assertThat(store.selectingNames(KEY)).isEmpty();
    write(entries.variant(KEY, "de", store.begin()));
    assertThat(store.selectingNames(KEY)).containsExactly("accept-language");
  }

  @Test
  void variants_areAllThatIsUsable_theLatestFirst() {
    write(entries.entry(OTHER_KEY, "other", store.begin()));
    write(entries.variant(KEY, "de", store.begin()));
    write(entries.variant(KEY, "en", store.begin()));
    assertThat(store.variants(KEY)).extracting(Entry::value).containsExactly("en", "de");

    store.invalidate(CACHE, new Scope.Everything());
    write(entries.variant(KEY, "fr", store.begin()));

    assertThat(store.variants(KEY)).extracting(Entry::value).containsExactly("fr");
  }

  @Test
  void sixtyFifthVariant_isRefused_anotherOfAKnownOneIsNot() {
    for (int i = 0; i < Store.MAX_VARIANTS; i++) {
      write(entries.variant(KEY, "l" + i, store.begin()));
    }
    long used = memory.usedBytes();

    assertThat(store.write(entries.variant(KEY, "one more", store.begin())))
        .isEqualTo(TOO_MANY_VARIANTS);
    assertThat(memory.usedBytes()).isEqualTo(used);
    assertThat(found(store, KEY, asking("one more"))).isEqualTo("-");

    write(entries.variant(KEY, "l0", store.begin()));
    write(entries.variant(OTHER_KEY, "one more", store.begin()));
  }

  @Test
  void variantsThatAreInvalidated_doNotCountAsKept() {
    for (int i = 0; i < Store.MAX_VARIANTS; i++) {
      write(entries.variant(KEY, "l" + i, store.begin()));
    }
    store.invalidate(CACHE, new Scope.Everything());

    write(entries.variant(KEY, "one more", store.begin()));

    assertThat(found(store, KEY, asking("one more"))).isEqualTo("one more");
    assertThat(store.counts(CACHE).size()).isEqualTo(1);
    assertThat(memory.usedBytes()).isEqualTo(100);
  }

  @Test
  void variantsThatHaveExpired_doNotCountAsKept() {
    for (int i = 0; i < Store.MAX_VARIANTS; i++) {
      Selecting selecting = Entries.selecting("l" + i);
      write(entries.entry(KEY, selecting, "l" + i, store.begin(), Duration.ofSeconds(1), 100));
    }
    ticker.advance(HOUR);

    write(entries.variant(KEY, "one more", store.begin()));

    assertThat(found(store, KEY, asking("one more"))).isEqualTo("one more");
    store.settle();
    assertThat(memory.usedBytes()).isEqualTo(100);
  }

  @Test
  void requestHeadersThatDoNotCount_changeNothing() {
    Selecting both =
        Selecting.by(
            List.of("accept", "accept-language"),
            Fields.of("Accept", "text/html", "Accept-Language", "de"));
    write(entries.entry(KEY, both, "both", store.begin(), HOUR, 1));

    Fields asking = Fields.of("accept-language", " de", "Accept", "text/html", "User-Agent", "x");
    assertThat(found(store, KEY, asking)).isEqualTo("both");
    assertThat(found(store, KEY, asking("de"))).isEqualTo("-");
  }

  private void write(Entry entry) {
    assertThat(store.write(entry)).isEqualTo(STORED);
  }
}
