package dev.holdfast.simulation;

import java.util.List;
import java.util.Set;

/** What an origin may answer, by the dice. */
final class Replies {

  private final Dice dice;
  private final Terms terms;

  Replies(Dice dice, Terms terms) {
    this.dice = dice;
    this.terms = terms;
  }

  /**
   * An answer to that fetch.
   *
   * @param etag what is current
   */
  Reply drawn(Fetch fetch, boolean varies, String etag) {
    boolean error = dice.oneIn(terms.opening().oneErrorIn());
    boolean tagged = !dice.oneIn(terms.opening().isShortLived() ? 20 : 3);
    Reply reply =
        Reply.with(directives(error), varies, tagged ? etag : "")
            .with(dice.of(Set.of(), Set.of("red"), Set.of("green"), Set.of("red", "green")))
            .with(error ? dice.of(404, 500, 503, 503) : 200)
            .aged(dice.oneIn(12) ? dice.of(1, 3, 70) : 0)
            .ofLength(length(), dice.oneIn(2));
    Reply answer = dice.oneIn(20) ? reply.withCookie() : reply;
    return fetch.asking().isUnsafe() ? ofUnsafe(answer, fetch) : answer;
  }

  private Directives directives(boolean error) {
    Directives says = lifetime(error);
    if (dice.oneIn(5)) {
      says = says.and(dice.of("public", "no-store", "private", "must-revalidate"));
    }
    if (dice.oneIn(12)) {
      says = says.and(dice.of("no-cache", "proxy-revalidate"));
    }
    if (dice.oneIn(terms.opening().isShortLived() ? 2 : 4)) {
      says = says.and("stale-while-revalidate", dice.of(1, 10, 60));
    }
    if (dice.oneIn(terms.opening().isShortLived() ? 2 : 4)) {
      says = says.and("stale-if-error", dice.of(1, 60, 100_000));
    }
    return says;
  }

  private Directives lifetime(boolean error) {
    if (dice.oneIn(12)) {
      return Directives.NONE.and("max-age", dice.of(0, 60)).and("s-maxage", dice.of(1, 5));
    }
    int seconds = maxAge(error);
    return seconds == 0 && dice.oneIn(2)
        ? Directives.NONE
        : Directives.NONE.and("max-age", seconds);
  }

  private int maxAge(boolean error) {
    if (error) {
      return dice.of(0, 0, 5);
    }
    return terms.opening().isShortLived() ? dice.of(1, 1, 5) : dice.of(60, 60, 60, 5, 1, 0);
  }

  private int length() {
    if (terms.opening() == Opening.LONG_BODY && dice.oneIn(3)) {
      return dice.between(200_000, 2_500_000);
    }
    return switch (dice.below(8)) {
      case 0 -> 0;
      case 1 -> dice.between(Terms.MAX_STORED_BYTES - 1, Terms.MAX_STORED_BYTES + 1);
      case 2 -> dice.between(Terms.MAX_STORED_BYTES + 2, 3 * Terms.MAX_STORED_BYTES);
      default -> dice.between(1, 600);
    };
  }

  /** What was asked for is done, mostly, and has changed another target as well, or made one. */
  private Reply ofUnsafe(Reply answer, Fetch fetch) {
    Reply done = dice.oneIn(3) ? answer.with(dice.of(201, 202, 303, 404, 409, 500)) : answer;
    return switch (dice.below(4)) {
      case 0 -> done.naming(List.of(own(fetch)));
      case 1 -> done.naming(List.of(another("Location")));
      case 2 -> done.naming(List.of(another("Content-Location"), another("Location")));
      default -> done;
    };
  }

  private static Reply.Named own(Fetch fetch) {
    return new Reply.Named("Content-Location", fetch.target, fetch.target);
  }

  private Reply.Named another(String field) {
    String target = dice.of(Data.TARGETS);
    return switch (dice.below(4)) {
      case 0 -> new Reply.Named(field, "http://elsewhere" + target, "");
      case 1 -> new Reply.Named(field, "http://origin:80" + target, target);
      case 2 -> new Reply.Named(field, "//origin" + target, target);
      default -> new Reply.Named(field, target, target);
    };
  }
}
