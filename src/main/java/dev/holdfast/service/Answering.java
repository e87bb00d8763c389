package dev.holdfast.service;

import dev.holdfast.http.ResponseHead;
import reactor.core.publisher.Mono;

/** The way in which one caller is answered; called on its executor, or as it is asked. */
@FunctionalInterface
public interface Answering {

  /** Writes the answer, once; completes when all is written. */
  Mono<Void> write(Answer answer);

  /** Writes an interim response (RFC 9110 §15.2): any number of times, before the answer. */
  default void writeInterim(ResponseHead response) {}

  /** Whether the caller, if it has left, was made to: it was too slow. */
  default boolean wasTooSlow() {
    return false;
  }
}
