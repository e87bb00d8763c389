package dev.holdfast.store;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.holdfast.config.HoldfastProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The one store and the one memory of bodies. */
@Configuration(proxyBeanMethods = false)
class StoreConfiguration {

  @Bean
  BodyMemory bodyMemory(HoldfastProperties properties) {
    return new BodyMemory(properties.cache().maxInFlightMemoryBytes());
  }

  @Bean
  Store store(HoldfastProperties properties, Ticker ticker) {
    return new Store(properties.cache().maxMemoryBytes(), ticker);
  }
}
