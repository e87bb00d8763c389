package dev.holdfast.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

/** Interim responses (RFC 9110 §15.2) go to whoever started the fetch, until that is answered. */
class InterimsTest {

  private static final String ANSWER = "200 hello holdfast;fwd=uri-miss;fwd-status=200;stored";

  private final ServiceUnderTest service = new ServiceUnderTest(100);

  @AfterEach
  void close() {
    service.close();
  }

  @Test
  void beforeTheAnswer_inOrderAtMostEight() {
    StepVerifier.create(service.get())
        .then(
            () -> {
              for (int status = 110; status < 120; status++) {
                service.origin.fetch(1).interim(status);
              }
              service.origin.fetch(1).fresh().piece("hello").complete();
            })
        .expectNext("110, 111, 112, 113, 114, 115, 116, 117, " + ANSWER)
        .verifyComplete();
  }

  @Test
  void joined_goToTheFirstAlone() {
    StringBuilder first = new StringBuilder();
    service.get().subscribe(first::append);

    StepVerifier.create(service.get())
        .then(() -> service.origin.fetch(1).interim(103).fresh().piece("hello").complete())
        .expectNext(ANSWER + ";collapsed")
        .verifyComplete();

    assertThat(first.toString()).isEqualTo("103, " + ANSWER);
  }

  @Test
  void firstHasLeft_goToNobody_andTheResponseIsStored() {
    service.get().subscribe().dispose();
    service.origin.fetch(1).interim(103).fresh().piece("hello").complete();

    StepVerifier.create(service.get()).expectNext("200 hello holdfast;hit;ttl=60").verifyComplete();
  }

  @Test
  void patienceIsOver_whatComesLaterIsNotWritten() {
    StepVerifier.create(service.get())
        .then(() -> service.origin.fetch(1).interim(102))
        .then(() -> service.time.advanceTimeBy(Duration.ofSeconds(2)))
        .then(() -> service.origin.fetch(1).interim(103).fresh().piece("hello").complete())
        .expectNext("102, 504 caller-timeout holdfast;fwd=uri-miss;detail=caller-timeout")
        .verifyComplete();
  }

  @Test
  void passed_goToItsCaller() {
    StepVerifier.create(service.request("POST"))
        .then(() -> service.origin.fetch(1).interim(102).interim(103).head(201).complete())
        .expectNext("102, 103, 201  holdfast;fwd=method;fwd-status=201;detail=method")
        .verifyComplete();
  }
}
