package dev.holdfast.springcache;

import dev.holdfast.config.OriginSettings;
import dev.holdfast.config.Origins;
import dev.holdfast.fill.Loads;
import dev.holdfast.store.Store;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.cache.support.SimpleCacheManager;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Spring's caches: one per origin, named after it, all over the one store. */
@Configuration(proxyBeanMethods = false)
@EnableCaching
class SpringCacheConfiguration {

  @Bean
  CacheManager cacheManager(Origins origins, Store store, Loads loads) {
    SimpleCacheManager manager = new SimpleCacheManager();
    manager.setCaches(
        origins.all().stream()
            .map(OriginSettings::name)
            .map(name -> new HoldfastCache(name, store, loads))
            .toList());
    return manager;
  }
}
