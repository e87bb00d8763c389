package dev.holdfast.scenario;

/** What the origin does with a request; it runs on a thread of the request's connection. */
@FunctionalInterface
interface Script {

  void play(Exchange exchange) throws Exception;
}
