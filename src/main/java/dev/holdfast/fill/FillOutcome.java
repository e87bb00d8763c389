package dev.holdfast.fill;

import dev.holdfast.http.NotStorable;
import dev.holdfast.origin.OriginFailure;
import dev.holdfast.store.Store;
import java.util.List;

/** All the ways in which a fill can end. */
public sealed interface FillOutcome {

  /** All the words that {@link #result()} can be. */
  List<String> RESULTS =
      List.of(
          "stored",
          "revalidated",
          "not_storable",
          "superseded",
          "failed",
          "timed_out",
          "rejected",
          "abandoned",
          "drained");

  /** The word that the meter has for it. */
  String result();

  /**
   * What a write has come to.
   *
   * @param stored the outcome if it is stored
   */
  static FillOutcome of(Store.Written how, FillOutcome stored) {
    return switch (how) {
      case STORED -> stored;
      case SUPERSEDED -> new Superseded();
      case TOO_MANY_VARIANTS -> new NotStored(NotStorable.TOO_MANY_VARIANTS);
      case NO_ROOM -> new NotStored(NotStorable.CACHE_MEMORY);
    };
  }

  /**
   * The response is stored.
   *
   * @param rescued whether every caller had left before it had the whole response
   */
  record Stored(boolean rescued) implements FillOutcome {
    @Override
    public String result() {
      return "stored";
    }
  }

  /** The stored response may still be used. */
  record Revalidated() implements FillOutcome {
    @Override
    public String result() {
      return "revalidated";
    }
  }

  /** The response is whole, and not for storing. */
  record NotStored(NotStorable reason) implements FillOutcome {
    @Override
    public String result() {
      return "not_storable";
    }
  }

  /** The response is whole, but its target was invalidated, or fetched again, in the meantime. */
  record Superseded() implements FillOutcome {
    @Override
    public String result() {
      return "superseded";
    }
  }

  /** No whole response came. */
  record Failed(OriginFailure failure) implements FillOutcome {
    @Override
    public String result() {
      if (failure instanceof OriginFailure.TimedOut) {
        return "timed_out";
      }
      if (failure instanceof OriginFailure.RequestBroken) {
        return "abandoned";
      }
      return failure.isRefusal() ? "rejected" : "failed";
    }
  }

  /** Nobody was left whom it could serve, and nothing could be stored. */
  record Abandoned() implements FillOutcome {
    @Override
    public String result() {
      return "abandoned";
    }
  }

  /** The process stops, and did not wait for it any longer. */
  record Drained() implements FillOutcome {
    @Override
    public String result() {
      return "drained";
    }
  }
}
