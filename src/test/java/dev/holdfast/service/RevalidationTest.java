package dev.holdfast.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.fill.FakeOrigin;
import dev.holdfast.http.Fields;
import dev.holdfast.store.Scope;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

/** A stale response whose origin is asked whether it may still be used. */
class RevalidationTest {

  private static final Fields CONDITION = Fields.of("If-None-Match", "\"v1\"");

  private final ServiceUnderTest service = new ServiceUnderTest(100);
  private final FakeOrigin origin = service.origin;

  @BeforeEach
  void staleResponseIsStored() {
    StepVerifier.create(service.get())
        .then(() -> origin.fetch(1).fresh("ETag", "\"v1\"").piece("hello").complete())
        .expectNextCount(1)
        .verifyComplete();
    service.time.advanceTimeBy(Duration.ofSeconds(100));
    service.log.clear();
  }

  @AfterEach
  void nothingRuns() {
    service.close();
  }

  @Test
  void notModified_storedResponseIsServedAndFreshAgain() {
    StepVerifier.create(service.get())
        .then(() -> assertThat(origin.request(2).fields()).isEqualTo(CONDITION))
        .then(() -> origin.fetch(2).head(304, "Cache-Control", "max-age=30").complete())
        .expectNext("200 hello holdfast;fwd=stale;fwd-status=304")
        .verifyComplete();

    StepVerifier.create(service.get()).expectNext("200 hello holdfast;hit;ttl=30").verifyComplete();
    assertThat(service.log)
        .containsExactly("REVALIDATED after 0 ms", "revalidated", "HIT after 0 ms");
  }

  @Test
  void callersOfAStaleResponse_askOnce() {
    StringBuilder second = new StringBuilder();
    StepVerifier.create(service.get())
        .then(() -> service.get().subscribe(second::append))
        .then(() -> origin.fetch(2).head(304).complete())
        .expectNextCount(1)
        .verifyComplete();

    assertThat(second).hasToString("200 hello holdfast;fwd=stale;fwd-status=304;collapsed");
    assertThat(origin.fetches()).isEqualTo(2);
  }

  @Test
  void callerLeaves_responseIsRenewedAllTheSame() {
    StepVerifier.create(service.get()).thenCancel().verify();

    origin.fetch(2).head(304, "Cache-Control", "max-age=30").complete();

    StepVerifier.create(service.get()).expectNext("200 hello holdfast;hit;ttl=30").verifyComplete();
  }

  @Test
  void modified_newResponseTakesItsPlace() {
    StepVerifier.create(service.get())
        .then(() -> origin.fetch(2).fresh("ETag", "\"v2\"").piece("world").complete())
        .expectNext("200 world holdfast;fwd=stale;fwd-status=200;stored")
        .verifyComplete();

    StepVerifier.create(service.get()).expectNext("200 world holdfast;hit;ttl=60").verifyComplete();
  }

  @Test
  void invalidatedWhileTheOriginIsAsked_isFetchedAgainWithoutConditions() {
    StepVerifier.create(service.get())
        .then(() -> service.store.invalidate("catalog", new Scope.Target("/a")))
        .then(() -> origin.fetch(2).head(304, "Cache-Control", "max-age=30").complete())
        .then(() -> assertThat(origin.request(3).fields()).isEqualTo(Fields.EMPTY))
        .then(() -> origin.fetch(3).fresh().piece("new").complete())
        .expectNext("200 new holdfast;fwd=uri-miss;fwd-status=200;stored")
        .verifyComplete();

    assertThat(service.log).containsExactly("superseded", "MISS after 0 ms", "stored");
  }

  @Test
  void invalidatedByItsTag_isFetchedAgainWithoutConditions() {
    StepVerifier.create(service.get())
        .then(() -> origin.fetch(2).fresh("ETag", "\"v1\"", "Cache-Tag", "blue").complete())
        .expectNextCount(1)
        .verifyComplete();
    service.time.advanceTimeBy(Duration.ofSeconds(100));

    StepVerifier.create(service.get())
        .then(() -> service.store.invalidate("catalog", new Scope.Tag("blue")))
        .then(() -> origin.fetch(3).head(304).complete())
        .then(() -> assertThat(origin.request(4).fields()).isEqualTo(Fields.EMPTY))
        .then(() -> origin.fetch(4).fresh().piece("new").complete())
        .expectNext("200 new holdfast;fwd=uri-miss;fwd-status=200;stored")
        .verifyComplete();
  }

  @Test
  void aboutAnotherResponse_isFetchedAgainWithoutConditions() {
    StepVerifier.create(service.get())
        .then(() -> origin.fetch(2).head(304, "ETag", "\"v7\"").complete())
        .then(() -> assertThat(origin.request(3).fields()).isEqualTo(Fields.EMPTY))
        .then(() -> origin.fetch(3).fresh().piece("new").complete())
        .expectNext("200 new holdfast;fwd=stale;fwd-status=200;stored")
        .verifyComplete();
  }

  @Test
  void originFails_staleResponseStaysToBeAskedAbout() {
    StepVerifier.create(service.get())
        .then(() -> origin.fetch(2).head(500).complete())
        .expectNextCount(1)
        .verifyComplete();

    StepVerifier.create(service.get())
        .then(() -> assertThat(origin.request(3).fields()).isEqualTo(CONDITION))
        .then(() -> origin.fetch(3).head(304).complete())
        .expectNext("200 hello holdfast;fwd=stale;fwd-status=304")
        .verifyComplete();
  }

  @Test
  void notModifiedAndStaleAtOnce_isServedAndAskedAboutTheNextTime() {
    StepVerifier.create(service.get())
        .then(() -> origin.fetch(2).head(304, "Cache-Control", "max-age=0").complete())
        .expectNext("200 hello holdfast;fwd=stale;fwd-status=304")
        .verifyComplete();

    StepVerifier.create(service.get())
        .then(() -> assertThat(origin.request(3).fields()).isEqualTo(CONDITION))
        .then(() -> origin.fetch(3).head(304).complete())
        .expectNextCount(1)
        .verifyComplete();
  }
}
