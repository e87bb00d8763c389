package dev.holdfast.scenario;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.core.io.ByteArrayResource;

/** A Spring Boot origin with Spring Security's default headers, which one rule caches. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SpringSecurityDefaultsTest {

  private static final String ANN = "Authorization: Bearer ann";
  private static final String BOB = "Authorization: Bearer bob";
  private static final Pattern YAML =
      Pattern.compile(
          "### An origin that forbids caching by default\n.*?```yaml\n(.*?)```", Pattern.DOTALL);

  private final SecuredOrigin origin = new SecuredOrigin();

  @AfterAll
  void stop() {
    origin.close();
  }

  @Test
  void ruleInTheReadme_cachesWhatSpringSecurityForbidsByDefault() throws IOException {
    try (var holdfast = holdfast()) {
      var first = holdfast.get("/items/1");
      assertThat(first.text()).endsWith("for all");
      assertThat(first.header("Cache-Control"))
          .isEqualTo("no-cache, no-store, max-age=0, must-revalidate");
      assertThat(first.header("Pragma")).isEqualTo("no-cache");
      assertThat(first.header("Expires")).isEqualTo("0");
      assertThat(first.header("X-Content-Type-Options")).isEqualTo("nosniff");

      assertHit(holdfast.get("/items/1"), first.text());

      var account = holdfast.get("/account");
      assertThat(account.header("Cache-Status")).contains("detail=no-store");
      assertThat(holdfast.get("/account").text())
          .as("what no rule is about")
          .isNotEqualTo(account.text());
    }
  }

  @Test
  void perCredential_keepsTwoBearersApart() throws IOException {
    try (var holdfast = holdfast("rules[0].authorization=per-credential")) {
      var anns = holdfast.get("/items/mine", ANN).text();
      var bobs = holdfast.get("/items/mine", BOB).text();
      var alls = holdfast.get("/items/mine").text();
      assertThat(List.of(anns, bobs, alls))
          .satisfiesExactly(
              one -> assertThat(one).endsWith("for Bearer ann"),
              one -> assertThat(one).endsWith("for Bearer bob"),
              one -> assertThat(one).endsWith("for all"));
      int asked = origin.requests();

      for (int i = 0; i < 3; i++) {
        assertHit(holdfast.get("/items/mine", ANN), anns);
        assertHit(holdfast.get("/items/mine", BOB), bobs);
        assertHit(holdfast.get("/items/mine"), alls);
      }
      assertThat(origin.requests()).isEqualTo(asked);
    }
  }

  @Test
  void notPerCredential_bearersResponsesAreNotStored() throws IOException {
    try (var holdfast = holdfast()) {
      var anns = holdfast.get("/items/mine", ANN);
      assertThat(anns.header("Cache-Status")).contains("detail=authorization");
      assertThat(holdfast.get("/items/mine", ANN).text()).isNotEqualTo(anns.text());
      assertThat(holdfast.get("/items/mine", BOB).text()).endsWith("for Bearer bob");
    }
  }

  private static void assertHit(Response response, String text) {
    assertThat(response.header("Cache-Status")).contains(";hit;ttl=");
    assertThat(response.text()).isEqualTo(text);
  }

  /** As the README configures it, but for where the origin is. */
  private Holdfast holdfast(String... more) throws IOException {
    var ours = Stream.concat(Stream.of("caller-timeout=20s"), Stream.of(more));
    return Holdfast.inFrontOf(
        origin.baseUrl(), Stream.concat(settingsInTheReadme(), ours).toArray(String[]::new));
  }

  private static Stream<String> settingsInTheReadme() throws IOException {
    var found = YAML.matcher(Files.readString(Path.of("README.md")));
    assertThat(found.find()).as("a section with YAML").isTrue();
    var yaml = new YamlPropertiesFactoryBean();
    yaml.setResources(new ByteArrayResource(found.group(1).getBytes(UTF_8)));
    var properties = Objects.requireNonNull(yaml.getObject());
    assertThat(properties).hasSize(4).containsKey("holdfast.origins.catalog.base-url");
    return properties.stringPropertyNames().stream()
        .filter(name -> !name.endsWith(".base-url"))
        .map(name -> name + "=" + properties.getProperty(name));
  }
}
