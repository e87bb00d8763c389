package dev.holdfast.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a caller's {@code Connection} names is neither fetched with nor stored by. */
class FieldsOfTheConnectionTest {

  private final ScriptedOrigin origin = new ScriptedOrigin();
  private Holdfast holdfast;

  @BeforeEach
  void start() {
    holdfast = Holdfast.inFrontOf(origin);
    origin.on(
        "/hello",
        exchange -> {
          var language = exchange.request().header("Accept-Language");
          exchange.ok("in " + language, "Cache-Control: max-age=60", "Vary: Accept-Language");
        });
  }

  @AfterEach
  void stop() {
    holdfast.awaitNothingLeft();
    holdfast.close();
    origin.close();
  }

  @Test
  void variantFetchedWithoutAField_isNotServedToThoseWhoSendIt() {
    var hidden = holdfast.get("/hello", "Accept-Language: de", "Connection: Accept-Language");
    var absent = holdfast.get("/hello");
    var sent = holdfast.get("/hello", "Accept-Language: de");

    assertThat(hidden.text()).isEqualTo(absent.text()).isNotEqualTo("in de");
    assertThat(absent.header("Cache-Status")).contains("hit");
    assertThat(sent.text()).isEqualTo("in de");
    assertThat(origin.requests("/hello")).isEqualTo(2);
  }
}
