package dev.holdfast.architecture;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.core.annotation.AliasFor;

/** An annotation of one's own that stands for {@link Cacheable}. */
@Retention(RetentionPolicy.RUNTIME)
@Cacheable("catalog")
public @interface CachedInCatalog {

  @AliasFor(annotation = Cacheable.class)
  boolean sync() default false;
}
