package dev.holdfast.demo;

import static dev.holdfast.demo.DemoServers.answered;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpStatus;
import reactor.core.publisher.Mono;

class NaiveTwinTest {

  private final Gate gate = new Gate();
  private final DemoServers servers = new DemoServers(gate, Duration.ofSeconds(30));

  @AfterEach
  void stop() {
    servers.close();
  }

  @Test
  void callerThatHangsUp_losesTheWrite() {
    var impatient = servers.naive("/slow?ms=900").toFuture();
    gate.awaitArrival();
    impatient.cancel(true);
    gate.awaitHangUp();
    gate.open();

    assertThat(result("/slow?ms=900")).isEqualTo("miss");
    assertThat(calls("/slow?ms=900")).isEqualTo(2);
  }

  @Test
  void callerThatWaits_findsItStored() {
    var patient = servers.naive("/slow?ms=900").toFuture();
    gate.awaitArrival();
    gate.open();
    var first = answered(Mono.fromFuture(patient));

    assertThat(first.getHeaders().getFirst(NaiveTwin.RESULT)).isEqualTo("miss");
    assertThat(first.getBody()).isEqualTo("call 1 of /slow?ms=900\n");
    assertThat(result("/slow?ms=900")).isEqualTo("hit");
    assertThat(calls("/slow?ms=900")).isEqualTo(1);
  }

  @Test
  void hangingOrigin_isGivenUp() {
    try (var hurried = new DemoServers(gate, Duration.ofMillis(50))) {
      assertThat(answered(hurried.naive("/hang")).getStatusCode())
          .isEqualTo(HttpStatus.GATEWAY_TIMEOUT);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/calls?/x", "/private", "/fail"})
  void whatMayNotBeShared_isFetchedAgain(String target) {
    assertThat(result(target)).isEqualTo("miss");
    assertThat(result(target)).isEqualTo("miss");
  }

  private String result(String target) {
    return "" + answered(servers.naive(target)).getHeaders().getFirst(NaiveTwin.RESULT);
  }

  private int calls(String target) {
    return Integer.parseInt(("" + answered(servers.naive("/calls?" + target)).getBody()).strip());
  }
}
