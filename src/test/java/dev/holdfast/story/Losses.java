package dev.holdfast.story;

/**
 * What a design did to its callers and to the origin: one row of the table.
 *
 * @param storedForPatientCallers writes that arrived when every caller waited, of {@link
 *     Measurement#KEYS}
 * @param lostByTimeout writes lost when the callers timed out, of as many
 * @param lostByDisconnect writes lost when the callers hung up, of as many
 * @param impatient what ten callers of one key, who all give up, come to
 * @param firstLeaves what ten callers of one key come to when the first one hangs up
 * @param staleAfterEvict values found after an evict in mid-fetch whose fetch began before it, of
 *     {@link Measurement#KEYS}
 */
record Losses(
    int storedForPatientCallers,
    int lostByTimeout,
    int lostByDisconnect,
    Impatient impatient,
    FirstLeaves firstLeaves,
    int staleAfterEvict) {

  /** Fetches of one key, and whether the answer was stored in the end. */
  record Impatient(int fetches, boolean stored) {}

  /** Fetches of one key, and how many of the nine that stayed were answered or cancelled. */
  record FirstLeaves(int fetches, int served, int cancelled) {}

  static final String HEAD =
      """
      | design | stored for patient callers | writes lost (time-out / disconnect) | fetches for 10\
       impatient callers of a key | the 9 others when the first of 10 hangs up | stale value after\
       an evict in mid-fetch |
      | --- | --- | --- | --- | --- | --- |
      """;

  String row(String design) {
    return "| %s | %d | %d / %d of %d | %d%s | %d served, %d cancelled, %d fetches | %d of %d |\n"
        .formatted(
            design,
            storedForPatientCallers,
            lostByTimeout,
            lostByDisconnect,
            Measurement.KEYS,
            impatient.fetches,
            impatient.stored ? "" : ", lost",
            firstLeaves.served,
            firstLeaves.cancelled,
            firstLeaves.fetches,
            staleAfterEvict,
            Measurement.KEYS);
  }
}
