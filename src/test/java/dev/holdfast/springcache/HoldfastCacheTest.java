package dev.holdfast.springcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.http.CacheKey;
import dev.holdfast.http.FetchTimes;
import dev.holdfast.http.Fields;
import dev.holdfast.http.ResponseHead;
import dev.holdfast.http.Selecting;
import dev.holdfast.http.StoredResponse;
import dev.holdfast.store.Body;
import dev.holdfast.store.Entry;
import dev.holdfast.store.Store;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.cache.Cache;
import org.springframework.cache.Cache.ValueRetrievalException;
import org.springframework.cache.CacheManager;
import org.springframework.cache.support.SimpleValueWrapper;

/** The contract of Spring's {@link Cache}. */
class HoldfastCacheTest {

  private final TestCaches context = new TestCaches();
  private final Cache cache = context.cache("catalog");
  private final Cache other = context.cache("shop");

  @AfterEach
  void close() {
    context.close();
  }

  @Test
  void manager_hasOneCachePerOriginNamedAfterIt() {
    CacheManager manager = context.bean(CacheManager.class);

    assertThat(manager.getCacheNames()).containsExactly("catalog", "shop");
    assertThat(manager.getCache("none")).isNull();
    assertThat(cache.getName()).isEqualTo("catalog");
    assertThat(cache.getNativeCache()).isSameAs(context.bean(Store.class));
  }

  @Test
  void valuePut_isGot_fromItsCacheAndKeyAlone() {
    cache.put("key", "value");

    assertThat(cache.get("key")).isEqualTo(new SimpleValueWrapper("value"));
    assertThat(cache.get("other key")).isNull();
    assertThat(other.get("key")).isNull();
    cache.put("key", "value 2");
    assertThat(cache.get("key")).isEqualTo(new SimpleValueWrapper("value 2"));
  }

  @Test
  void nullPut_isGotAsAValue() {
    cache.put("key", null);

    assertThat(cache.get("key")).isEqualTo(new SimpleValueWrapper(null));
    assertThat(cache.get("key", String.class)).isNull();
  }

  @Test
  void typedGet_checksTheType() {
    cache.put("key", "value");

    assertThat(cache.get("key", String.class)).isEqualTo("value");
    assertThat(cache.get("key", (Class<?>) null)).isEqualTo("value");
    assertThat(cache.get("none", String.class)).isNull();
    assertThatThrownBy(() -> cache.get("key", Integer.class))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("catalog")
        .hasMessageContaining("java.lang.Integer");
  }

  @Test
  void loadingGet_loadsOnceAndStores() {
    assertThat(cache.get("key", () -> "loaded")).isEqualTo("loaded");
    assertThat(cache.get("key", () -> "again")).isEqualTo("loaded");
  }

  @Test
  void loadingGet_ofNull_loadsOnceAndStores() {
    assertThat(cache.get("key", HoldfastCacheTest::nothing)).isNull();
    assertThat(cache.get("key")).isNotNull();
    assertThat(cache.get("key", () -> "again")).isNull();
  }

  private static @Nullable String nothing() {
    return null;
  }

  @Test
  void loadingGetThatFails_saysWhatFailed_andStoresNothing() {
    Callable<String> failing =
        () -> {
          throw new IOException("reset");
        };

    assertThatThrownBy(() -> cache.get("key", failing))
        .isInstanceOfSatisfying(
            ValueRetrievalException.class, failed -> assertThat(failed.getKey()).isEqualTo("key"))
        .hasCauseInstanceOf(IOException.class);

    assertThat(cache.get("key")).isNull();
    assertThat(cache.get("key", () -> "again")).isEqualTo("again");
  }

  @Test
  void loadingGetWithAnEvictInMidLoad_answersAndStoresNothing() {
    Callable<String> overtaken =
        () -> {
          cache.evict("key");
          return "old";
        };

    assertThat(cache.get("key", overtaken)).isEqualTo("old");

    assertThat(cache.get("key")).isNull();
    assertThat(cache.get("key", () -> "new")).isEqualTo("new");
    assertThat(cache.get("key")).isEqualTo(new SimpleValueWrapper("new"));
  }

  @Test
  void retrieve_isNullForAMiss_andWrapsAValueAndANull() {
    assertThat(cache.retrieve("key")).isNull();

    cache.put("key", "value");
    assertThat(retrieved("key")).isEqualTo(new SimpleValueWrapper("value"));

    cache.put("key", null);
    assertThat(retrieved("key")).isEqualTo(new SimpleValueWrapper(null));
  }

  private Object retrieved(String key) {
    return Objects.requireNonNull(cache.retrieve(key), "a miss").join();
  }

  @Test
  void loadingRetrieve_joinsTheLoadUnderWay_andStores() {
    CompletableFuture<@Nullable String> load = new CompletableFuture<>();
    CompletableFuture<@Nullable String> first = cache.retrieve("key", () -> load);
    CompletableFuture<@Nullable String> second =
        cache.retrieve("key", () -> CompletableFuture.completedFuture("another load"));

    load.complete("value");

    assertThat(first).isCompletedWithValue("value");
    assertThat(second).isCompletedWithValue("value");
    assertThat(cache.get("key")).isEqualTo(new SimpleValueWrapper("value"));
  }

  @Test
  void loadingRetrieve_givesNullAsIs() {
    CompletableFuture<@Nullable String> first =
        cache.retrieve("key", () -> CompletableFuture.completedFuture(null));
    CompletableFuture<@Nullable String> second =
        cache.retrieve("key", () -> CompletableFuture.completedFuture("again"));

    assertThat(first).isCompletedWithValue(null);
    assertThat(second).isCompletedWithValue(null);
  }

  @Test
  void loadingRetrieveThatFails_failsTheFuture_andStoresNothing() {
    IOException failure = new IOException("reset");

    CompletableFuture<String> future =
        cache.retrieve("key", () -> CompletableFuture.failedFuture(failure));

    assertThat(future).isCompletedExceptionally();
    assertThatThrownBy(future::join).hasCause(failure);
    assertThat(cache.get("key")).isNull();
  }

  @Test
  void putIfAbsent_putsOnlyWhereNothingIs() {
    assertThat(cache.putIfAbsent("key", null)).isNull();
    assertThat(cache.putIfAbsent("key", "second")).isEqualTo(new SimpleValueWrapper(null));
    assertThat(cache.get("key")).isEqualTo(new SimpleValueWrapper(null));
  }

  @Test
  void evict_takesOneKeyAway_atOnce() {
    cache.put("key", "value");
    cache.put("other key", "other value");

    cache.evict("key");

    assertThat(cache.get("key")).isNull();
    assertThat(cache.get("other key")).isNotNull();
    cache.evictIfPresent("other key");
    assertThat(cache.get("other key")).isNull();
  }

  @Test
  void clear_takesAllOfThisCacheAway_atOnce() {
    cache.put("key", "value");
    other.put("key", "value");

    cache.clear();

    assertThat(cache.get("key")).isNull();
    assertThat(other.get("key")).isNotNull();
    other.invalidate();
    assertThat(other.get("key")).isNull();
    other.put("key", "after");
    assertThat(other.get("key")).isEqualTo(new SimpleValueWrapper("after"));
  }

  @Test
  void evictIfPresent_saysWhetherThereWasAnything() {
    cache.put("key", null);

    assertThat(cache.evictIfPresent("key")).isTrue();
    assertThat(cache.evictIfPresent("key")).isFalse();
    assertThat(cache.evictIfPresent("none")).isFalse();
    CompletableFuture<String> load = new CompletableFuture<>();
    CompletableFuture<String> caller = cache.retrieve("loading", () -> load);
    assertThat(cache.evictIfPresent("loading")).as("what is in flight is not there yet").isFalse();
    load.complete("late");
    assertThat(caller).isCompleted();
    assertThat(cache.get("loading")).as("and is fenced all the same").isNull();
  }

  @Test
  void invalidate_claimsNothingAboutWhatWasThere() {
    cache.put("key", "value");

    assertThat(cache.invalidate()).as("Spring: false where it could not be determined").isFalse();
    assertThat(cache.get("key")).isNull();
  }

  @Test
  void putIfAbsent_afterAnEvict_isTaken() {
    cache.put("key", "value");
    cache.evict("key");

    assertThat(cache.putIfAbsent("key", "again")).isNull();
    assertThat(cache.get("key")).isEqualTo(new SimpleValueWrapper("again"));
    assertThat(cache.putIfAbsent("key", "third")).isEqualTo(new SimpleValueWrapper("again"));
  }

  @Test
  void storedResponse_isFoundUnderItsTarget_asItsHead() {
    Store store = context.bean(Store.class);
    StoredResponse response =
        new StoredResponse(
            new ResponseHead(200, "OK", Fields.EMPTY, "1.1"),
            Selecting.ALWAYS,
            new FetchTimes(Instant.EPOCH, Instant.EPOCH, Instant.EPOCH));
    CacheKey key = new CacheKey("catalog", "/items/1?x=y");
    store.write(
        new Entry(
            key,
            Selecting.ALWAYS,
            Body.empty(),
            new Entry.State(response, Set.of(), store.begin(), Duration.ofHours(1), 1)));

    assertThat(cache.get("/items/1?x=y")).isEqualTo(new SimpleValueWrapper(response));
    cache.evict("/items/1?x=y");
    assertThat(store.peek(key, Fields.EMPTY)).isNull();
  }

  @Test
  void everyLookUp_isCountedOnce() {
    cache.put("key", "value");
    cache.get("key");
    retrieved("key");
    cache.get("key", () -> "again");
    cache.get("none");
    cache.get("new", () -> "loaded");

    Store store = context.bean(Store.class);
    assertThat(store.counts("catalog").hits()).isEqualTo(3);
    assertThat(store.counts("catalog").misses()).isEqualTo(2);
    assertThat(store.counts("catalog").puts()).isEqualTo(2);
  }
}
