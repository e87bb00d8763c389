package dev.holdfast.service;

/** Whoever counts the callers that wait for a head; told of each once when it begins and ends. */
public interface WaitingObserver {

  /** A caller waits. */
  void began(String origin);

  /** A caller that waited does so no more, however that came. */
  void ended(String origin);

  /** A caller was refused because too many wait already. */
  void refused(String origin);
}
