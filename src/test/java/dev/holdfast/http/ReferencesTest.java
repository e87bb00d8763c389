package dev.holdfast.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("RFC 3986 §5: references, resolved against the target of the request")
class ReferencesTest {

  private static final References OF_A_TARGET =
      new References(URI.create("http://origin"), "/b/c/d;p?q");

  @DisplayName("§5.4.1: normal examples")
  @ParameterizedTest(name = "[{0}] is [{1}]")
  @CsvSource({
    "g, /b/c/g",
    "./g, /b/c/g",
    "g/, /b/c/g/",
    "/g, /g",
    "?y, /b/c/d;p?y",
    "g?y, /b/c/g?y",
    "'#s', /b/c/d;p?q",
    "g#s, /b/c/g",
    "g?y#s, /b/c/g?y",
    ";x, /b/c/;x",
    "g;x, /b/c/g;x",
    "'', /b/c/d;p?q",
    "., /b/c/",
    "./, /b/c/",
    ".., /b/",
    "../, /b/",
    "../g, /b/g",
    "../.., /",
    "../../g, /g",
  })
  void relativeReference_isResolved(String reference, String target) {
    assertThat(OF_A_TARGET.targetOf(reference)).isEqualTo(target);
  }

  @DisplayName("§5.4.2: abnormal examples")
  @ParameterizedTest(name = "[{0}] is [{1}]")
  @CsvSource({
    "../../../g, /g",
    "../../../../g, /g",
    "/./g, /g",
    "/../g, /g",
    "g., /b/c/g.",
    "..g, /b/c/..g",
    "./../g, /b/g",
    "./g/., /b/c/g/",
    "g/../h, /b/c/h",
    "g;x=1/../y, /b/c/y",
    "g?y/../x, /b/c/g?y/../x",
    "g#s/../x, /b/c/g",
    "?, /b/c/d;p?",
    "g?, /b/c/g?",
    "/a//b/, /a//b/",
    "1:a, /b/c/1:a",
    "' g\t', /b/c/g",
    "/a/%2e%2E/b%2fc, /a/%2e%2E/b%2fc",
  })
  void oddReference_isResolvedAllTheSame(String reference, String target) {
    assertThat(OF_A_TARGET.targetOf(reference)).isEqualTo(target);
  }

  @DisplayName("RFC 6454 §5: the same scheme, host and port, however they are written")
  @ParameterizedTest(name = "[{1}] of {0}")
  @CsvSource({
    "http://origin, http://origin/a?b=c#d",
    "http://origin, HTTP://ORIGIN:80/a?b=c",
    "http://origin, http://origin:/a?b=c",
    "http://origin:80, http://origin/a?b=c",
    "http://origin:80, //origin/a?b=c",
    "http://origin:9000, http://origin:9000/a?b=c",
    "http://origin:9000, //Origin:09000/x/../a?b=c",
    "https://origin, https://origin:443/a?b=c",
    "https://origin:443, //origin/a?b=c",
    "http://origin, http://ann:secret@origin/a?b=c",
    "http://[::1]:9000, http://[::1]:9000/a?b=c",
    "http://[::1], //[::1]:80/a?b=c",
  })
  void absoluteReferenceOfTheOrigin_isItsTarget(String baseUrl, String reference) {
    assertThat(targetOf(baseUrl, reference)).isEqualTo("/a?b=c");
  }

  @ParameterizedTest(name = "[{1}] of {0}")
  @CsvSource({
    "http://origin, https://origin/a",
    "http://origin, http://other/a",
    "http://origin, //other/a",
    "http://origin, http://origin:8080/a",
    "http://origin, http://origin.other/a",
    "http://origin, http://origin@other/a",
    "http://origin:9000, http://origin/a",
    "https://origin, https://origin:80/a",
    "http://[::1]:9000, http://[::1]/a",
    "http://[::1]:9000, http://[::2]:9000/a",
    "http://origin, ftp://origin/a",
    "http://origin, mailto:ann@origin",
    "http://origin, http:/a",
    "http://origin, http:a",
    "http://origin, ///a",
  })
  void referenceToAnotherOrigin_isNone(String baseUrl, String reference) {
    assertThat(targetOf(baseUrl, reference)).isNull();
  }

  @ParameterizedTest(name = "[{0}]")
  @ValueSource(
      strings = {
        "/a b",
        "/a\tb",
        "/a\u0000",
        "/caf\u00e9",
        "/a|b",
        "/a\\b",
        "/%",
        "/%4",
        "/%zz",
        "<http://origin/a>",
        "http://origin:port/a",
        "http://origin:123456/a",
        "http://origin:80:80/a",
      })
  void whatIsNoReference_isNone(String text) {
    assertThat(targetOf("http://origin", text)).isNull();
  }

  @ParameterizedTest(name = "[{0}] is [{1}]")
  @CsvSource(
      nullValues = "-",
      value = {
        "/base/path/a?b, /a?b",
        "/base/path/, /",
        "/base/path, /",
        "/base/path?b, /?b",
        "/base/paths/a, -",
        "/base, -",
        "/a, -",
        "a, /items/a",
        "../a, /a",
        "../../a, -",
        "../../../a, -",
        "?b, /items/1?b",
        "http://origin/base/path/a, /a",
        "//origin/base/path, /",
        "//origin/base/path?b, /?b",
        "//origin/a, -",
        "//origin, -",
      })
  void baseUrlWithAPath_isTakenOff(String reference, String target) {
    References references = new References(URI.create("http://origin/base/path"), "/items/1");

    assertThat(references.targetOf(reference)).isEqualTo(target);
  }

  @ParameterizedTest(name = "[{0}]")
  @ValueSource(strings = {"http://origin", "//origin"})
  void originAlone_isItsRoot(String reference) {
    assertThat(targetOf("http://origin", reference)).isEqualTo("/");
    assertThat(targetOf("http://origin", reference + "?a")).isEqualTo("/?a");
  }

  private static @Nullable String targetOf(String baseUrl, String reference) {
    return new References(URI.create(baseUrl), "/x").targetOf(reference);
  }
}
