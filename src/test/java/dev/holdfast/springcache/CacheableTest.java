package dev.holdfast.springcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.cache.annotation.CacheEvict;
import org.springframework.cache.annotation.CachePut;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.support.SimpleValueWrapper;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

/** Spring's annotations over our caches, as an application uses them. */
class CacheableTest {

  private final TestCaches context = new TestCaches(Catalog.class);
  private final Catalog catalog = context.bean(Catalog.class);

  @AfterEach
  void close() {
    context.close();
  }

  @Test
  void syncMono_isFetchedOnceForAll_andStored() {
    List<@Nullable String> got = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      catalog.mono("1").subscribe(got::add);
    }
    assertThat(got).isEmpty();

    catalog.answer("value");

    assertThat(got).hasSize(10).containsOnly("value");
    StepVerifier.create(catalog.mono("1")).expectNext("value").verifyComplete();
    assertThat(catalog.calls()).isEqualTo(1);
  }

  @Test
  void syncMono_callersThatCancel_loseNothingForOthersNorTheWrite() {
    List<@Nullable String> got = new ArrayList<>();
    Disposable first = catalog.mono("1").subscribe(got::add);
    catalog.mono("1").subscribe(got::add);
    Disposable third = catalog.mono("1").subscribe(got::add);
    first.dispose();
    third.dispose();

    catalog.answer("value");

    assertThat(got).containsExactly("value");
    assertThat(context.cache("catalog").get("1")).isEqualTo(new SimpleValueWrapper("value"));
  }

  @Test
  void syncMono_allCallersCancel_theWriteHappens() {
    catalog.mono("1").subscribe().dispose();

    catalog.answer("value");

    StepVerifier.create(catalog.mono("1")).expectNext("value").verifyComplete();
    assertThat(catalog.calls()).isEqualTo(1);
  }

  @Test
  void syncMonoWithoutValue_isCachedAsSuch() {
    Mono<String> caller = catalog.mono("1");
    catalog.answer(null);

    StepVerifier.create(caller).verifyComplete();
    StepVerifier.create(catalog.mono("1")).verifyComplete();
    assertThat(catalog.calls()).isEqualTo(1);
  }

  @Test
  void syncMonoThatFails_failsAsItDid_andIsFetchedAgain() {
    Mono<String> caller = catalog.mono("1");
    catalog.fail(new IOException("reset"));
    StepVerifier.create(caller).verifyError(IOException.class);

    Mono<String> again = catalog.mono("1");
    catalog.answer("value");
    StepVerifier.create(again).expectNext("value").verifyComplete();
    assertThat(catalog.calls()).isEqualTo(2);
  }

  @Test
  void syncMono_evictedInMidFetch_answersButStoresNothingStale() {
    Mono<String> before = catalog.mono("1");
    Sinks.One<String> oldAnswer = catalog.pending();
    catalog.changed("1");
    Mono<String> after = catalog.mono("1");

    oldAnswer.tryEmitValue("old").orThrow();
    StepVerifier.create(before).expectNext("old").verifyComplete();
    assertThat(context.cache("catalog").get("1")).isNull();

    catalog.answer("new");
    StepVerifier.create(after).expectNext("new").verifyComplete();
    StepVerifier.create(catalog.mono("1")).expectNext("new").verifyComplete();
    assertThat(catalog.calls()).isEqualTo(2);
  }

  @Test
  void syncFuture_isFetchedOnceForAll_andCancellingOneTouchesNobody() {
    CompletableFuture<@Nullable String> first = catalog.future("1");
    CompletableFuture<@Nullable String> second = catalog.future("1");
    first.cancel(true);

    catalog.answer("value");

    assertThat(second).isCompletedWithValue("value");
    assertThat(catalog.future("1")).isCompletedWithValue("value");
    assertThat(catalog.calls()).isEqualTo(1);
  }

  @Test
  void syncFuture_clearedInMidFetch_storesNothingStale() {
    CompletableFuture<@Nullable String> before = catalog.future("1");
    catalog.allChanged();

    catalog.answer("old");

    assertThat(before).isCompletedWithValue("old");
    assertThat(context.cache("catalog").get("1")).isNull();
  }

  @Test
  void syncPlain_isFetchedOnce_andFailsAsItDid() {
    assertThatThrownBy(() -> catalog.plain("bad")).isInstanceOf(IOException.class);
    assertThat(context.cache("catalog").get("bad")).isNull();
    assertThat(catalog.calls()).isEqualTo(1);

    assertThat(plain("1")).isEqualTo("1 at 2");
    assertThat(plain("1")).isEqualTo("1 at 2");
  }

  @Test
  void futureWithoutSync_givesACachedNullAsNull() {
    assertThat(catalog.nullFuture("1").join()).isNull();
    assertThat(catalog.nullFuture("1").join()).isNull();

    assertThat(catalog.calls()).isEqualTo(1);
  }

  @Test
  void monoWithoutSync_givesACachedNullAsEmpty() {
    StepVerifier.create(catalog.emptyMono("1")).verifyComplete();
    StepVerifier.create(catalog.emptyMono("1")).verifyComplete();

    assertThat(catalog.calls()).isEqualTo(1);
  }

  @Test
  void cachePut_replacesTheValue() {
    assertThat(plain("1")).isEqualTo("1 at 1");

    assertThat(catalog.stored("1", "put")).isEqualTo("put");

    assertThat(plain("1")).isEqualTo("put");
  }

  private String plain(String id) {
    try {
      return catalog.plain(id);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** A service whose fetches end when the test says so. */
  static class Catalog {
    private final AtomicInteger calls = new AtomicInteger();
    private Sinks.One<String> pending = Sinks.one();

    @Cacheable(cacheNames = "catalog", sync = true)
    public Mono<String> mono(String id) {
      return fetch().asMono();
    }

    @Cacheable(cacheNames = "catalog", sync = true)
    public CompletableFuture<@Nullable String> future(String id) {
      return fetch().asMono().toFuture();
    }

    @Cacheable(cacheNames = "catalog", sync = true)
    public String plain(String id) throws IOException {
      calls.incrementAndGet();
      if (id.equals("bad")) {
        throw new IOException("reset");
      }
      return id + " at " + calls.get();
    }

    @Cacheable(cacheNames = "catalog")
    public CompletableFuture<@Nullable String> nullFuture(String id) {
      calls.incrementAndGet();
      return CompletableFuture.completedFuture(null);
    }

    @Cacheable(cacheNames = "catalog")
    public Mono<String> emptyMono(String id) {
      calls.incrementAndGet();
      return Mono.empty();
    }

    @CachePut(cacheNames = "catalog", key = "#id")
    public String stored(String id, String value) {
      return value;
    }

    @CacheEvict(cacheNames = "catalog")
    public void changed(String id) {}

    @CacheEvict(cacheNames = "catalog", allEntries = true)
    public void allChanged() {}

    private Sinks.One<String> fetch() {
      calls.incrementAndGet();
      pending = Sinks.one();
      return pending;
    }

    public int calls() {
      return calls.get();
    }

    public Sinks.One<String> pending() {
      return pending;
    }

    public void answer(@Nullable String value) {
      (value == null ? pending.tryEmitEmpty() : pending.tryEmitValue(value)).orThrow();
    }

    public void fail(Throwable failure) {
      pending.tryEmitError(failure).orThrow();
    }
  }
}
