package dev.holdfast.architecture.broken.config;

import dev.holdfast.architecture.broken.ops.KnowsConfig;

/** Half of a circle of rooms. */
public final class KnowsOps {

  Object ops(KnowsConfig ops) {
    return ops;
  }
}
