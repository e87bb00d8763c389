package dev.holdfast.config;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;

/** What is logged once when the application is ready: its ports, and one line for each origin. */
final class StartReport {

  private static final Logger LOG = LoggerFactory.getLogger(StartReport.class);

  private final HoldfastProperties properties;
  private final Origins origins;
  private final Environment environment;

  StartReport(HoldfastProperties properties, Origins origins, Environment environment) {
    this.properties = properties;
    this.origins = origins;
    this.environment = environment;
  }

  @EventListener(ApplicationReadyEvent.class)
  void ready() {
    LOG.info(
        "Ready: name={} port={} management-port={} origins={} max-memory-bytes={}",
        properties.name(),
        port("local.server.port"),
        port("local.management.port"),
        origins.all().size(),
        properties.cache().maxMemoryBytes());
    for (var origin : origins.all()) {
      LOG.info(
          "Origin: name={} path-prefix={} base-url={} caller-timeout={} fetch-timeout={}",
          origin.name(),
          origin.pathPrefix().isEmpty() ? "/" : origin.pathPrefix(),
          origin.baseUrl(),
          text(origin.callerTimeout()),
          text(origin.fetchTimeout()));
    }
  }

  private String port(String property) {
    return environment.getProperty(property, "none");
  }

  private static String text(Duration duration) {
    return duration.toMillisPart() == 0 ? duration.toSeconds() + "s" : duration.toMillis() + "ms";
  }
}
