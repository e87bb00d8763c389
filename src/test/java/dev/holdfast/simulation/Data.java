package dev.holdfast.simulation;

import dev.holdfast.store.Scope;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What the origin has: its targets, which of them vary, and the version of each. */
final class Data {

  static final List<String> TARGETS = List.of("/items/1", "/items/2?x=y", "/news");

  private final Dice dice;
  private final Set<String> varying = new HashSet<>();
  private final int[] versions = new int[TARGETS.size()];

  Data(Dice dice) {
    this.dice = dice;
    for (String target : TARGETS) {
      if (dice.oneIn(3)) {
        varying.add(target);
      }
    }
  }

  /** One of the targets, the first more often than others. */
  String drawnTarget() {
    return dice.oneIn(2) ? TARGETS.get(0) : dice.of(TARGETS);
  }

  /** What an invalidation is about has changed, or not. */
  void change(Scope about) {
    Purge purge = new Purge(0, about);
    for (int i = 0; i < versions.length; i++) {
      if (purge.mayCover(TARGETS.get(i)) && dice.oneIn(2)) {
        versions[i]++;
      }
    }
  }

  /** A response of that fetch's target that can be stored, is soon stale, and can be validated. */
  Reply storable(Fetch fetch) {
    boolean varies = varying.contains(fetch.target);
    Set<String> tags = dice.oneIn(2) ? Set.of("red") : Set.of();
    return new Reply(200, 5, "", false, varies, etag(fetch, varies), tags, 100, dice.oneIn(2));
  }

  /** A response that turns out to be longer than may be stored, and than what is held of it. */
  Reply longOne() {
    return new Reply(200, 60, "", false, false, "", Set.of(), 2_000_000, false);
  }

  private String etag(Fetch fetch, boolean varies) {
    String variant = varies ? fetch.asking().language() : "";
    return "\"%d%s\"".formatted(versions[TARGETS.indexOf(fetch.target)], variant);
  }

  /** What the origin answers to that fetch now. */
  Reply reply(Fetch fetch, Terms terms) {
    boolean varies = varying.contains(fetch.target) != dice.oneIn(12);
    String etag = etag(fetch, varies);
    Reply whole = Reply.drawn(dice, terms, varies, etag);
    boolean current = etag.equals(fetch.connection().request().fields().first("If-None-Match"));
    return current && !dice.oneIn(4) ? whole.notModified() : whole;
  }
}
