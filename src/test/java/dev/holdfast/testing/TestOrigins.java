package dev.holdfast.testing;

import dev.holdfast.config.HoldfastProperties;
import dev.holdfast.config.Origins;
import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Origins as a configuration with nothing but their names would declare them. */
public final class TestOrigins {

  private TestOrigins() {}

  /** The origins of those names; nothing listens where they say. */
  public static Origins named(String... names) {
    var properties =
        Arrays.stream(names)
            .collect(
                Collectors.toMap(
                    name -> "holdfast.origins." + name + ".base-url",
                    (Function<String, Object>) name -> "http://origin.invalid"));
    return Origins.of(
        new Binder(new MapConfigurationPropertySource(properties))
            .bindOrCreate("holdfast", HoldfastProperties.class));
  }
}
