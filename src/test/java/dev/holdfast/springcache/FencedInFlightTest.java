package dev.holdfast.springcache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.fill.Ask;
import dev.holdfast.fill.Attachment;
import dev.holdfast.fill.FakeOrigin;
import dev.holdfast.fill.FillObserver;
import dev.holdfast.fill.FillOutcome;
import dev.holdfast.fill.Fills;
import dev.holdfast.fill.Loads;
import dev.holdfast.fill.TestFills;
import dev.holdfast.http.CacheKey;
import dev.holdfast.http.Fields;
import dev.holdfast.http.RequestHead;
import dev.holdfast.policy.CachePolicy;
import dev.holdfast.store.Store;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.cache.Cache;
import org.springframework.cache.annotation.CacheEvict;
import org.springframework.cache.annotation.CachePut;
import org.springframework.cache.support.SimpleValueWrapper;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** Each way of Spring's to change a cache, in the middle of a load and in the middle of a fill. */
class FencedInFlightTest {

  private static final String KEY = "/a";

  /** A change, made with Spring's cache itself or by one of its annotations. */
  private interface Change {
    void make(Cache cache, Changing annotated);
  }

  private final TestCaches context = new TestCaches(Changing.class);
  private final Cache cache = context.cache("catalog");
  private final List<FillOutcome> outcomes = new ArrayList<>();
  private final FakeOrigin origin = new FakeOrigin();
  private final Fills fills =
      TestFills.create(
          context.bean(Store.class),
          Clock.fixed(Instant.EPOCH, ZoneOffset.UTC),
          new FillObserver() {
            @Override
            public void began(String name) {}

            @Override
            public void ended(String name, FillOutcome outcome, Duration took) {
              outcomes.add(outcome);
            }
          });

  @AfterEach
  void nothingIsLeft() {
    assertThat(context.bean(Loads.class).running("catalog")).isZero();
    assertThat(fills.running()).isEmpty();
    context.close();
  }

  static Stream<Named<Change>> evictions() {
    return Stream.of(
        Named.of("evict", (cache, annotated) -> cache.evict(KEY)),
        Named.of("evictIfPresent", (cache, annotated) -> cache.evictIfPresent(KEY)),
        Named.of("clear", (cache, annotated) -> cache.clear()),
        Named.of("invalidate", (cache, annotated) -> cache.invalidate()),
        Named.of(
            "@CacheEvict on a Mono",
            (cache, annotated) ->
                StepVerifier.create(annotated.evict(KEY)).expectNext(KEY).verifyComplete()),
        Named.of(
            "@CacheEvict on a future",
            (cache, annotated) -> assertThat(annotated.evictLater(KEY)).isCompletedWithValue(KEY)),
        Named.of(
            "@CacheEvict before a Mono that fails",
            (cache, annotated) ->
                StepVerifier.create(annotated.evictFirst(KEY))
                    .verifyError(IllegalStateException.class)),
        Named.of(
            "@CacheEvict before a future that fails",
            (cache, annotated) ->
                assertThat(annotated.evictFirstLater(KEY)).isCompletedExceptionally()),
        Named.of(
            "@CacheEvict of all on a Mono",
            (cache, annotated) -> StepVerifier.create(annotated.evictAll()).verifyComplete()),
        Named.of(
            "@CacheEvict of all before a future",
            (cache, annotated) -> assertThat(annotated.evictAllFirst()).isCompleted()));
  }

  static Stream<Named<Change>> puts() {
    return Stream.of(
        Named.of("put", (cache, annotated) -> cache.put(KEY, "put")),
        Named.of("putIfAbsent", (cache, annotated) -> cache.putIfAbsent(KEY, "put")),
        Named.of(
            "@CachePut on a Mono",
            (cache, annotated) ->
                StepVerifier.create(annotated.put(KEY)).expectNext("put").verifyComplete()),
        Named.of(
            "@CachePut on a future",
            (cache, annotated) -> assertThat(annotated.putLater(KEY)).isCompletedWithValue("put")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("evictions")
  void evictedInMidLoad_oldValueIsNeitherStoredNorShared(Change eviction) {
    CompletableFuture<@Nullable String> old = new CompletableFuture<>();
    CompletableFuture<@Nullable String> renewed = new CompletableFuture<>();
    CompletableFuture<@Nullable String> before = cache.retrieve(KEY, () -> old);

    eviction.make(cache, context.bean(Changing.class));

    CompletableFuture<@Nullable String> after = cache.retrieve(KEY, () -> renewed);
    old.complete("old");
    assertThat(before).isCompletedWithValue("old");
    assertThat(after).isNotDone();
    assertThat(cache.get(KEY)).isNull();
    renewed.complete("new");
    assertThat(after).isCompletedWithValue("new");
    assertThat(cache.get(KEY)).isEqualTo(new SimpleValueWrapper("new"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("evictions")
  void evictedInMidFill_oldResponseIsNeitherStoredNorShared(Change eviction) {
    Attachment before = join();
    origin.fetch(1).fresh().piece("old");

    eviction.make(cache, context.bean(Changing.class));

    Attachment after = join();
    assertThat(after.isCollapsed()).isFalse();
    origin.fetch(1).complete();
    assertThat(cache.get(KEY)).isNull();
    origin.fetch(2).fresh().piece("new").complete();
    assertThat(outcomes)
        .containsExactly(new FillOutcome.Superseded(), new FillOutcome.Stored(false));
    before.leave();
    after.leave();
  }

  @Test
  void notEvicted_loadAndFillAreSharedAndStored() {
    CompletableFuture<@Nullable String> load = new CompletableFuture<>();
    CompletableFuture<@Nullable String> first = cache.retrieve("other", () -> load);
    CompletableFuture<@Nullable String> second = cache.retrieve("other", CompletableFuture::new);
    Attachment before = join();
    Attachment after = join();
    assertThat(after.isCollapsed()).isTrue();

    cache.evict("/another");
    load.complete("value");
    origin.fetch(1).fresh().complete();

    assertThat(first).isCompletedWithValue("value");
    assertThat(second).isCompletedWithValue("value");
    assertThat(cache.get("other")).isEqualTo(new SimpleValueWrapper("value"));
    assertThat(cache.get(KEY)).isNotNull();
    before.leave();
    after.leave();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("puts")
  void putInMidLoad_winsOverTheLateValue(Change put) {
    CompletableFuture<@Nullable String> old = new CompletableFuture<>();
    CompletableFuture<@Nullable String> before = cache.retrieve(KEY, () -> old);

    put.make(cache, context.bean(Changing.class));

    assertThat(cache.retrieve(KEY, CompletableFuture<@Nullable String>::new))
        .isCompletedWithValue("put");
    old.complete("old");
    assertThat(before).isCompletedWithValue("old");
    assertThat(cache.get(KEY)).isEqualTo(new SimpleValueWrapper("put"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("puts")
  void putInMidFill_winsOverTheLateResponse(Change put) {
    Attachment before = join();
    origin.fetch(1).fresh().piece("old");

    put.make(cache, context.bean(Changing.class));

    origin.fetch(1).complete();
    assertThat(outcomes).containsExactly(new FillOutcome.Superseded());
    assertThat(cache.get(KEY)).isEqualTo(new SimpleValueWrapper("put"));
    before.leave();
  }

  private Attachment join() {
    return Objects.requireNonNull(fills.join(ask(), () -> false));
  }

  private Ask ask() {
    return new Ask(
        origin,
        new CacheKey("catalog", KEY),
        new RequestHead("GET", KEY, Fields.EMPTY, "1.1"),
        null,
        null,
        CachePolicy.BY_DEFAULT,
        1000,
        Runnable::run);
  }

  /** Each annotation on what is not there at once. */
  static class Changing {

    @CacheEvict("catalog")
    public Mono<String> evict(String key) {
      return Mono.just(key);
    }

    @CacheEvict("catalog")
    public CompletableFuture<String> evictLater(String key) {
      return CompletableFuture.completedFuture(key);
    }

    @CacheEvict(cacheNames = "catalog", beforeInvocation = true)
    public Mono<String> evictFirst(String key) {
      return Mono.error(new IllegalStateException(key));
    }

    @CacheEvict(cacheNames = "catalog", beforeInvocation = true)
    public CompletableFuture<String> evictFirstLater(String key) {
      return CompletableFuture.failedFuture(new IllegalStateException(key));
    }

    @CacheEvict(cacheNames = "catalog", allEntries = true)
    public Mono<Void> evictAll() {
      return Mono.empty();
    }

    @CacheEvict(cacheNames = "catalog", allEntries = true, beforeInvocation = true)
    public CompletableFuture<@Nullable Void> evictAllFirst() {
      return CompletableFuture.completedFuture(null);
    }

    @CachePut("catalog")
    public Mono<String> put(String key) {
      return Mono.just("put");
    }

    @CachePut("catalog")
    public CompletableFuture<String> putLater(String key) {
      return CompletableFuture.completedFuture("put");
    }
  }
}
