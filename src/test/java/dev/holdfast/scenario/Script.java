package dev.holdfast.scenario;

/** What the origin does with a request; it runs on a thread of the request's connection. */
@FunctionalInterface
interface Script {

  void play(Exchange exchange) throws Exception;

  /** Answers with that content once the gate is open. */
  static Script held(Gate gate, String content, String... headers) {
    return exchange -> {
      exchange.await(gate);
      exchange.ok(content, headers);
    };
  }
}
