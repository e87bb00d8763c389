package dev.holdfast.demo;

import static dev.holdfast.demo.DemoServers.answered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import reactor.core.publisher.Mono;

class DemoOriginTest {

  private final Gate gate = new Gate();
  private final DemoServers servers = new DemoServers(gate, Duration.ofSeconds(30));

  @AfterEach
  void stop() {
    servers.close();
  }

  @Test
  void slow_answersWhenItsTimeIsOver() {
    var response = servers.origin("/slow?ms=900").toFuture();
    gate.awaitArrival();
    assertThat(response).isNotDone();

    gate.open();

    assertThat(answered(Mono.fromFuture(response)).getBody()).isEqualTo("call 1 of /slow?ms=900\n");
    assertThat(cacheControl(response.join())).isEqualTo("max-age=60");
  }

  @Test
  void calls_areCountedPerUrlAndNeverCached() {
    gate.open();
    answered(servers.origin("/slow?ms=900"));
    answered(servers.origin("/slow?ms=900"));
    answered(servers.origin("/slow?ms=900&page=2"));

    assertThat(answered(servers.origin("/calls?/slow?ms=900")).getBody()).isEqualTo("2\n");
    assertThat(answered(servers.origin("/calls?/slow?ms=900&page=2")).getBody()).isEqualTo("1\n");
    assertThat(answered(servers.origin("/calls?/slow?ms=901")).getBody()).isEqualTo("0\n");
    assertThat(cacheControl(answered(servers.origin("/calls?/slow")))).isEqualTo("no-store");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/calls?slow?ms=1", "/calls?url=/slow?ms=1", "/calls?url=%2Fslow%3Fms=1"})
  void calls_takeTheUrlInSeveralSpellings(String spelling) {
    gate.open();
    answered(servers.origin("/slow?ms=1"));

    assertThat(answered(servers.origin(spelling)).getBody()).isEqualTo("1\n");
  }

  @Test
  void callThatIsStillHeld_isCountedAlready() {
    var held = servers.origin("/slow").toFuture();
    gate.awaitArrival();

    assertThat(answered(servers.origin("/calls?/slow")).getBody()).isEqualTo("1\n");
    assertThat(held).isNotDone();
    gate.open();
    answered(Mono.fromFuture(held));
  }

  @Test
  void drip_sendsItsBodyInPieces() {
    var response = servers.origin("/drip?bytes=5&ms=10").toFuture();
    gate.awaitArrival();
    gate.open();

    var whole = answered(Mono.fromFuture(response));
    assertThat(whole.getBody()).isEqualTo("....\n");
    assertThat(whole.getHeaders().getContentLength()).isEqualTo(5);
    assertThat(cacheControl(whole)).isEqualTo("max-age=60");
  }

  @ParameterizedTest
  @CsvSource({
    "/fail,500,",
    "/fail?status=418,418,",
    "/private,200,'max-age=60, private'",
    "/plain,200,"
  })
  void otherEndpoints_answerAsTheirNameSays(String target, int status, String cacheControl) {
    var response = answered(servers.origin(target));

    assertThat(response.getStatusCode().value()).isEqualTo(status);
    assertThat(cacheControl(response)).isEqualTo(cacheControl);
    assertThat(response.getBody()).isEqualTo("call 1 of " + target + "\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/slow?ms=soon", "/slow?ms=-1", "/drip?bytes=0", "/fail?status=200", "/calls"})
  void badParameter_isAnsweredWithWhatIsWanted(String target) {
    var response = answered(servers.origin(target));

    assertThat(response.getStatusCode()).isEqualTo(HttpStatus.BAD_REQUEST);
    assertThat(response.getBody())
        .containsPattern("must be a whole number from \\d|/calls\\?/slow");
  }

  @Test
  void unknownPath_isAnsweredWithWhatThereIs() {
    var response = answered(servers.origin("/"));

    assertThat(response.getStatusCode()).isEqualTo(HttpStatus.NOT_FOUND);
    assertThat(response.getBody()).contains("/slow?ms=", "/calls?");
  }

  @Test
  void busyPort_failsAsTheCallersPortWould() {
    var busy = servers.originPort();
    var second = new DemoOrigin(busy, new DemoEndpoints(gate), null);

    assertThatThrownBy(second::start)
        .isInstanceOfSatisfying(
            PortInUseException.class, failure -> assertThat(failure.getPort()).isEqualTo(busy));
    assertThat(second.isRunning()).isFalse();
  }

  private static @Nullable String cacheControl(ResponseEntity<String> response) {
    return response.getHeaders().getFirst(HttpHeaders.CACHE_CONTROL);
  }
}
