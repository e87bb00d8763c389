package com.example.catalog;

import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpHeaders;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** A Spring Boot application behind Spring Security as it is by default, open to everybody. */
@SpringBootApplication
@EnableWebFluxSecurity
@RestController
public class CatalogApplication {

  private final AtomicInteger requests = new AtomicInteger();

  @Bean
  SecurityWebFilterChain security(ServerHttpSecurity http) {
    return http.authorizeExchange(all -> all.anyExchange().permitAll()).build();
  }

  @GetMapping({"/items/{id}", "/account"})
  String answer(@RequestHeader(name = HttpHeaders.AUTHORIZATION, defaultValue = "all") String who) {
    return "request " + requests.incrementAndGet() + " for " + who;
  }

  /** How often it was asked. */
  public int requests() {
    return requests.get();
  }
}
