package dev.holdfast.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.HoldfastApplication;
import dev.holdfast.config.HoldfastProperties;
import dev.holdfast.config.Origins;
import io.netty.pkitesting.CertificateBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ByteArrayResource;

/** That Holdfast takes each rendered configuration. */
class AcceptedByHoldfastTest {

  @TempDir Path mounted;

  @ParameterizedTest(name = "{0}")
  @MethodSource("dev.holdfast.chart.Chart#values()")
  void renderedConfiguration_isHoldfasts(String name, Path values) throws IOException {
    var release = Release.of(values);
    var properties = bind(release.applicationYaml());
    assertThat(Origins.of(properties).all()).as(name).isNotEmpty();
    var direct = release.env("JAVA_TOOL_OPTIONS").replaceAll(".*MemorySize=(\\d+)m.*", "$1");
    var cache = properties.cache();
    assertThat(cache.maxMemoryBytes() + cache.maxInFlightMemoryBytes())
        .isBetween(100L << 20, Long.parseLong(direct) << 20);
  }

  @Test
  void unknownName_isNotHoldfasts() throws IOException {
    var yaml = Release.of(Chart.values("minimal")).applicationYaml();
    assertThat(bind(yaml).callers().maxWaiting()).isEqualTo(10000);
    assertThatThrownBy(() -> bind(yaml.replace("max-waiting", "max-waitin")))
        .hasStackTraceContaining("max-waitin");
  }

  @Test
  void secretsAsFiles_areTokensAndHeaders() throws Exception {
    mount("secrets/purge-token-0", "current-0123456789\n");
    mount("secrets/purge-token-1", "next-0123456789abc\n");
    mount("secrets/header-catalog-x-api-key", "key-1\n");
    mount("secrets/header-users-x_tenant", "tenant-1");
    try (var context = start("secrets")) {
      assertThat(context.getBean(HoldfastProperties.class).purge().tokens())
          .containsExactly("current-0123456789", "next-0123456789abc");
      var origins = context.getBean(Origins.class);
      assertThat(headers(origins, "catalog")).containsOnly(Map.entry("X-Api-Key", "key-1"));
      assertThat(headers(origins, "users"))
          .containsOnly(Map.entry("Accept", "application/json"), Map.entry("X_Tenant", "tenant-1"));
    }
  }

  @Test
  void certificateAsFiles_isTheCallersPorts() throws Exception {
    assertThatThrownBy(() -> start("tls").close()).hasStackTraceContaining("tls.crt");
    var certificate =
        new CertificateBuilder()
            .subject("CN=holdfast")
            .setIsCertificateAuthority(true)
            .buildSelfSigned();
    mount("tls/tls.crt", certificate.getCertificatePEM());
    mount("tls/tls.key", certificate.getPrivateKeyPEM());
    try (var context = start("tls")) {
      assertThat(context.isRunning()).isTrue();
    }
  }

  /** With files in place of what is mounted. */
  private ConfigurableApplicationContext start(String values) throws IOException {
    var yaml = Release.of(Chart.values(values)).applicationYaml();
    mount("config/application.yaml", yaml.replace("/etc/holdfast", mounted.toString()));
    return SpringApplication.run(
        HoldfastApplication.class,
        "--spring.config.additional-location=" + mounted.resolve("config").toUri(),
        "--server.port=0",
        "--management.server.port=-1");
  }

  private void mount(String name, String text) throws IOException {
    var file = mounted.resolve(name);
    Files.createDirectories(file.resolveSibling("."));
    Files.writeString(file, text);
  }

  /** By the rules of {@link HoldfastProperties}: a name that it does not have is an error. */
  private static HoldfastProperties bind(String yaml) throws IOException {
    var environment = new StandardEnvironment();
    var sources = environment.getPropertySources();
    sources.forEach(source -> sources.remove(source.getName()));
    var text = yaml.replaceAll("\\$\\{[^}]*}", "0123456789abcdef");
    new YamlPropertySourceLoader()
        .load("application", new ByteArrayResource(text.getBytes(StandardCharsets.UTF_8)))
        .forEach(sources::addLast);
    return Binder.get(environment)
        .bind(
            "holdfast",
            Bindable.of(HoldfastProperties.class),
            new NoUnboundElementsBindHandler(BindHandler.DEFAULT, source -> true))
        .get();
  }

  private static Map<String, String> headers(Origins origins, String name) {
    var origin = origins.named(name);
    return origin == null ? Map.of() : origin.defaultRequestHeaders();
  }
}
