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
    Purge purge = new Purge(0, about, null);
    for (int i = 0; i < versions.length; i++) {
      if (purge.mayCover(TARGETS.get(i)) && dice.oneIn(2)) {
        versions[i]++;
      }
    }
  }

  /**
   * A response of that fetch's target that can be stored, is soon stale, and can be validated.
   *
   * @param ofUse whether it may be used when it is stale
   */
  Reply storable(Fetch fetch, boolean ofUse) {
    boolean varies = varying.contains(fetch.target);
    Set<String> tags = dice.oneIn(2) ? Set.of("red") : Set.of();
    Directives says = Directives.NONE.and("max-age", 5);
    if (ofUse || dice.oneIn(3)) {
      says = says.and("stale-while-revalidate", dice.of(1, 20)).and("stale-if-error", 60);
    }
    return Reply.with(says, varies, etag(fetch.target, fetch.asking().language(), varies))
        .with(tags)
        .ofLength(100, dice.oneIn(2));
  }

  /** A response that turns out to be longer than may be stored, and than what is held of it. */
  Reply longOne() {
    return Reply.with(Directives.NONE.and("max-age", 60), false, "").ofLength(2_000_000, false);
  }

  private String etag(String target, String language, boolean varies) {
    String variant = varies ? language : "";
    return "\"%d%s\"".formatted(versions[TARGETS.indexOf(target)], variant);
  }

  /** What a caller may have of that target, in English if it varies. */
  String drawnTag(String target) {
    String etag = etag(target, "en", varying.contains(target));
    return dice.of(etag, etag, etag, "W/" + etag, "\"none\", " + etag, "\"none\"", "*");
  }

  /** What the origin answers to that fetch now. */
  Reply reply(Fetch fetch, Terms terms) {
    boolean varies = varying.contains(fetch.target) != dice.oneIn(12);
    String etag = etag(fetch.target, fetch.asking().language(), varies);
    Reply whole = new Replies(dice, terms).drawn(fetch, varies, etag);
    boolean current = whole.status() == 200 && fetch.asked().contains(etag);
    return current && !dice.oneIn(4) ? notModified(whole) : whole;
  }

  /** A 304 in its stead; now and then one that is about another response. */
  private Reply notModified(Reply whole) {
    Reply confirming = whole.notModified();
    if (dice.oneIn(10)) {
      return confirming.with("\"other\"");
    }
    return dice.oneIn(4) ? confirming.saying(Directives.NONE) : confirming;
  }
}
