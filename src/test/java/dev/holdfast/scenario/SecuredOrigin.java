package dev.holdfast.scenario;

import com.example.catalog.CatalogApplication;
import dev.holdfast.testing.RunningHoldfast;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.http.client.ReactorResourceFactory;

/** A Spring Boot application with Spring Security's default headers, on a port of its own. */
final class SecuredOrigin implements AutoCloseable {

  private final ConfigurableApplicationContext context;

  /** Without {@code application.yaml}, which is Holdfast's. */
  SecuredOrigin() {
    context =
        new SpringApplicationBuilder(CatalogApplication.class)
            .initializers(SecuredOrigin::prepare)
            .run("--spring.config.name=catalog", "--server.address=127.0.0.1", "--server.port=0");
  }

  private static void prepare(ConfigurableApplicationContext context) {
    ((GenericApplicationContext) context)
        .registerBean(ReactorResourceFactory.class, RunningHoldfast::loopsOfItsOwn);
  }

  String baseUrl() {
    return "http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port");
  }

  int requests() {
    return context.getBean(CatalogApplication.class).requests();
  }

  @Override
  public void close() {
    context.close();
  }
}
