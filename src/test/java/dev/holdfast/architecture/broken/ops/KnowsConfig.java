package dev.holdfast.architecture.broken.ops;

import dev.holdfast.architecture.broken.config.KnowsOps;

/** Half of a circle of rooms. */
public final class KnowsConfig {

  Object config(KnowsOps config) {
    return config;
  }
}
