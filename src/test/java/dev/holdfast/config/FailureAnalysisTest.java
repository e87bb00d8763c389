package dev.holdfast.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** What an operator reads when a start is refused, through Spring Boot's own chain of analyzers. */
@ExtendWith(OutputCaptureExtension.class)
class FailureAnalysisTest {

  private static final String BASE = "--holdfast.origins.catalog.base-url=http://localhost:9000";

  @Test
  void valueThatCannotWork_isAnalysedWithItsOrigin(CapturedOutput output) {
    refused(BASE, "--holdfast.origins.catalog.caller-timeout=-2s");
    assertThat(output)
        .contains("Property: holdfast.origins.catalog.caller-timeout")
        .contains("Value: \"PT-2S\"")
        .contains("from property source \"commandLineArgs\"")
        .contains("Reason: a duration above zero is needed")
        .contains("holdfast.origins.catalog.caller-timeout=2s");
  }

  @Test
  void valueRefusedWhileBinding_isAnalysedByHoldfast(CapturedOutput output) {
    refused(BASE, "--holdfast.cache.max-memory=0B");
    assertThat(output)
        .contains("Property: holdfast.cache.max-memory")
        .contains("holdfast.cache.max-memory=256MB");
  }

  @Test
  void unknownArgument_isAnsweredWithTheRightName(CapturedOutput output) {
    refused(BASE, "--holdfast.origins.catalog.caller-timout=s3cret");
    assertThat(output)
        .contains("Property: holdfast.origins.catalog.caller-timout")
        .contains("from property source \"commandLineArgs\"")
        .contains("did you mean holdfast.origins.catalog.caller-timeout?")
        .doesNotContain("s3cret");
  }

  @Test
  void unknownPropertyInAFile_isAnsweredWithItsPlace(@TempDir Path directory, CapturedOutput output)
      throws IOException {
    var file =
        Files.writeString(
            directory.resolve("application.yaml"),
            """
            holdfast:
              origins:
                catalog:
                  baseUrll: http://localhost:9000
            """);
    refused("--spring.config.additional-location=" + file.toUri());
    assertThat(output)
        .contains("application.yaml] - 4:17")
        .contains("did you mean holdfast.origins.catalog.base-url?");
  }

  @Test
  void unknownPropertyOfARule_isAnsweredWithTheRightName(CapturedOutput output) {
    refused(BASE, "--holdfast.origins.catalog.rules[0].overide-ttl=60s");
    assertThat(output)
        .contains("Property: holdfast.origins.catalog.rules[0].overide-ttl")
        .contains("did you mean holdfast.origins.catalog.rules[0].override-ttl?");
  }

  @Test
  void valueOfARuleThatCannotWork_isAnalysedWithItsOrigin(CapturedOutput output) {
    refused(BASE, "--holdfast.origins.catalog.rules[0].statuses=4");
    assertThat(output)
        .contains("Property: holdfast.origins.catalog.rules[0].statuses")
        .contains("Value: \"4\"")
        .contains("from property source \"commandLineArgs\"")
        .contains("rules[0].statuses=404,5xx");
  }

  @Test
  void severalUnknownProperties_areAllNamed(CapturedOutput output) {
    refused(BASE, "--holdfast.nmae=x", "--holdfast.cache.max-memry=1MB");
    assertThat(output)
        .contains("did you mean holdfast.name?")
        .contains("did you mean holdfast.cache.max-memory?");
  }

  @Test
  void propertyLikeNoOther_isAnsweredWithThoseThatThereAre(CapturedOutput output) {
    refused(BASE, "--holdfast.origins.catalog.pool.xyz=1");
    assertThat(output)
        .contains("Under holdfast.origins.catalog.pool there are:")
        .contains("max-connections, max-idle-time, max-life-time");
  }

  @ParameterizedTest
  @CsvSource({
    "caller-timeout=fast, '250ms, 2s or 5m'",
    "max-stored-body=big, 512KB or 8MB",
    "strip-prefix=perhaps, true or false",
    "pool.max-connections=many, a whole number",
    "cookies=public, private or ignore",
    "authorization=mine, shared or per-credential",
    "rules[0].bypass=perhaps, true or false",
    "rules[0].default-ttl=long, '250ms, 2s or 5m'",
  })
  void valueOfAnotherType_isAnsweredWithOnesThatFit(
      String wrong, String instead, CapturedOutput output) {
    refused(BASE, "--holdfast.origins.catalog." + wrong);
    assertThat(output)
        .contains("Property: holdfast.origins.catalog." + wrong.replaceFirst("=.*", "\n"))
        .contains("from property source \"commandLineArgs\"")
        .contains(instead);
  }

  @Test
  void valueWhereAnOriginIsNeeded_isAnsweredWithThePropertiesBelow(CapturedOutput output) {
    refused("--holdfast.origins.catalog=http://user:s3cret@localhost:9000");
    assertThat(output)
        .contains("Property: holdfast.origins.catalog\n")
        .contains("holdfast.origins.catalog: base-url, path-prefix")
        .doesNotContain("s3cret");
  }

  @Test
  void relaxedName_isTheSameProperty() {
    try (var context =
        start(
            Map.of(),
            "--holdfast.origins.catalog.baseUrl=http://localhost:9000",
            "--holdfast.origins.catalog.caller_timeout=3s")) {
      var origin = context.getBean(Origins.class).all().iterator().next();
      assertThat(origin.callerTimeout()).hasSeconds(3);
    }
  }

  @Test
  void environmentOfAKubernetesService_isLeftAloneAndAnOriginInItIsRead() {
    Map<String, Object> environment =
        Map.of(
            "HOLDFAST_SERVICE_HOST", "10.0.0.1",
            "HOLDFAST_PORT", "tcp://10.0.0.1:8080",
            "HOLDFAST_PORT_8080_TCP_PROTO", "tcp",
            "HOLDFAST_ORIGINS_CATALOG_BASEURL", "http://localhost:9000");
    try (var context = start(environment)) {
      assertThat(context.getBean(Origins.class).named("catalog")).isNotNull();
    }
  }

  private static void refused(String... arguments) {
    assertThatThrownBy(() -> start(Map.of(), arguments).close()).isNotNull();
  }

  private static ConfigurableApplicationContext start(
      Map<String, Object> variables, String... arguments) {
    var name = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;
    var environment = new StandardEnvironment();
    environment
        .getPropertySources()
        .replace(name, new SystemEnvironmentPropertySource(name, variables));
    var application = new SpringApplication(HoldfastConfiguration.class);
    application.setEnvironment(environment);
    application.setWebApplicationType(WebApplicationType.NONE);
    return application.run(arguments);
  }
}
