package dev.holdfast.config;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.origin.Origin;
import org.springframework.core.env.Environment;

/** Where a property was written: file and line, argument or variable. */
final class WrittenProperties {

  private WrittenProperties() {}

  /** Null for a property that was not written, or by a source that does not say. */
  static @Nullable Origin originOf(Environment environment, ConfigurationPropertyName name) {
    for (var source : ConfigurationPropertySources.get(environment)) {
      var found = source.getConfigurationProperty(name);
      if (found != null) {
        return found.getOrigin();
      }
    }
    return null;
  }
}
