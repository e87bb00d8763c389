package dev.holdfast.config;

import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.netty.util.internal.PlatformDependent;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.context.LifecycleProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** The beans of this room, but for time. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({HoldfastProperties.class, LifecycleProperties.class})
class HoldfastConfiguration {

  @Bean
  Origins origins(HoldfastProperties properties, ObjectProvider<SslBundles> bundles) {
    var origins = Origins.of(properties);
    SslBundleCheck.check(origins, bundles.getIfAvailable(DefaultSslBundleRegistry::new));
    return origins;
  }

  @Bean
  SmartInitializingSingleton memoryCheck(HoldfastProperties properties) {
    return () -> MemoryCheck.check(properties.cache(), PlatformDependent.maxDirectMemory());
  }

  @Bean
  SmartInitializingSingleton portsCheck(Environment environment) {
    return () -> PortsCheck.check(environment);
  }

  @Bean
  SmartInitializingSingleton shutdownCheck(
      HoldfastProperties properties, LifecycleProperties lifecycle) {
    return () -> ShutdownCheck.check(properties.callers(), lifecycle.getTimeoutPerShutdownPhase());
  }

  @Bean
  SmartInitializingSingleton bulkheadCheck(
      Origins origins, ObjectProvider<BulkheadRegistry> registry) {
    return () -> registry.ifAvailable(found -> BulkheadCheck.check(origins, found));
  }

  @Bean
  StartReport startReport(HoldfastProperties properties, Origins origins, Environment environment) {
    return new StartReport(properties, origins, environment);
  }
}
