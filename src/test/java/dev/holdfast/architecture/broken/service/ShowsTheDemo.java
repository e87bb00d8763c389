package dev.holdfast.architecture.broken.service;

import dev.holdfast.architecture.broken.demo.Subscribes;

/** Brings the demo into what is run without it. */
public final class ShowsTheDemo {

  Object demo(Subscribes demo) {
    return demo;
  }
}
