package dev.holdfast.demo;

import java.time.Duration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** The beans of the demo: the slow origin, and the naive twin on the callers' port. */
@Configuration(proxyBeanMethods = false)
@Profile("demo")
class DemoConfiguration {

  @Bean
  DemoOrigin demoOrigin(
      @Value("${demo.origin.port:8082}") int port,
      ObjectProvider<ReactorResourceFactory> eventLoops) {
    return new DemoOrigin(port, new DemoEndpoints(Mono::delay), eventLoops.getIfAvailable());
  }

  @Bean
  RouterFunction<ServerResponse> naiveTwin(DemoOrigin origin, WebClient.Builder webClient) {
    return new NaiveTwin(webClient.build(), origin::baseUrl, Duration.ofSeconds(2)).routes();
  }
}
