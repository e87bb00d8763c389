package dev.holdfast.simulation;

import dev.holdfast.http.ResponseHead;
import dev.holdfast.http.Tags;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A response that may be kept, as the model has it: by what the origin has said of it.
 *
 * @param body the fetch that brought its body
 * @param said the fetch that spoke of it last
 * @param says what that, or one before it, said about caching
 * @param tags that it has
 * @param until the moment after which it was made stale by nothing
 */
record Kept(Fetch body, Fetch said, Directives says, Set<String> tags, World world, int until) {

  /** What a head stands for. */
  static Kept of(World world, ResponseHead head) {
    Fetch said = Objects.requireNonNull(world.named(head, Fetch.SAID));
    Fetch body = world.named(head, Fetch.BODY); // none in an answer to HEAD
    Fetch says = world.named(head, Fetch.SAYS);
    return new Kept(
        body == null ? said : body,
        said,
        says == null ? Directives.NONE : says.said().says(),
        Tags.of(head.fields()),
        world,
        Integer.MAX_VALUE);
  }

  /** The same as it was at that moment, as far as it was made stale. */
  Kept asOf(int moment) {
    return new Kept(body, said, says, tags, world, moment);
  }

  /** Whether it is so for the caller, whatever has been made stale since that came. */
  boolean surely(Caller caller, Predicate<Kept> so) {
    boolean mayBeStaler = world.mergedSince(said.mergesAtBegin); // marks that merge cover more
    return !mayBeStaler && so.test(this) && so.test(asOf(caller.cameAt));
  }

  /** Whether it may be so, as what is made stale since shows to the caller or does not. */
  boolean maybe(Caller caller, Predicate<Kept> so) {
    return so.test(this) || so.test(asOf(caller.cameAt));
  }

  /** Whether the head says what it has to: what was said last, and what that left as it was. */
  boolean isRightly(ResponseHead head) {
    Reply last = said.said();
    boolean saysAsItWas = last.says().isEmpty() || last.says().equals(says);
    boolean ofAnotherHead = said != body && said.asking().isForTheHead() && !isLike(last);
    return saysAsItWas
        && !ofAnotherHead
        && says.toString().equals(orEmpty(head.fields().combined("Cache-Control")))
        && etag().equals(orEmpty(head.fields().first("ETag")))
        && (last.age() == 0 ? "" : "" + last.age()).equals(orEmpty(head.fields().first("Age")));
  }

  private static String orEmpty(@Nullable String value) {
    return value == null ? "" : value;
  }

  /** Whether it may be given to who did not ask for it. */
  boolean isForAll() {
    boolean forbidden = says.hasAny("no-store", "private") || said.said().setsCookie();
    boolean credentials = said != body && said.asking().authorized() && !Reply.isForAll(says);
    return body.hasStorableHead() && !forbidden && !credentials;
  }

  /** What it is validated by, or empty; what confirms it says the same, or nothing. */
  String etag() {
    return body.said().etag();
  }

  /** Whether nothing in the head of an answer to {@code HEAD} says that it is another. */
  boolean isLike(Reply head) {
    Reply brought = body.said();
    return brought.status() == head.status()
        && (head.etag().isEmpty() || head.etag().equals(etag()))
        && (!head.known() || head.length() == brought.length());
  }

  boolean isOfTheVariantOf(Asking asking) {
    return !body.varies() || body.asking().language().equals(asking.language());
  }

  long ageMillis(long now) {
    return said.said().age() * 1000L + now - said.sentMillis;
  }

  private long lifetimeMillis() {
    return says.millis("s-maxage", says.millis("max-age", 0));
  }

  /** By how much its lifetime is exceeded; not more than nothing while it is fresh. */
  private long staleMillis(long now) {
    return Math.max(ageMillis(now) - lifetimeMillis(), madeStaleMillis(now));
  }

  /** How long ago it was made stale; less than nothing if it was not. */
  private long madeStaleMillis(long now) {
    return world.purges().stream()
        .filter(purge -> purge.isSoft() && purge.moment() <= until)
        .filter(purge -> said.countsBefore(purge.moment()) && purge.covers(said.target, tags))
        .mapToLong(purge -> now - purge.softMillis())
        .min()
        .orElse(Long.MIN_VALUE);
  }

  boolean isFresh(long now) {
    return staleMillis(now) < 0;
  }

  /** Whether nothing but an answer of the origin's makes it usable. */
  boolean isAlwaysValidated() {
    return says.has("no-cache") || lifetimeMillis() == 0;
  }

  /** Whether it answers the request as it is. */
  boolean answers(Asking asking, long now) {
    Directives wanted = asking.says();
    if (says.has("no-cache") || !isYoungEnough(wanted, now)) {
      return false;
    }
    long stale = staleMillis(now);
    boolean freshEnough = stale < 0 && -stale >= wanted.millis("min-fresh", 0);
    boolean accepted =
        wanted.has("max-stale")
            && !wanted.has("min-fresh")
            && stale <= wanted.millis("max-stale", Long.MAX_VALUE);
    return freshEnough || (accepted && !isNeverStale());
  }

  /** Whether it answers the request while it is fetched anew. */
  boolean answersMeanwhile(Asking asking, long now) {
    Directives wanted = asking.says();
    return isYoungEnough(wanted, now)
        && !wanted.hasAny("max-age", "min-fresh", "max-stale")
        && !isNeverStale()
        && staleMillis(now) >= 0
        && staleMillis(now) < says.millis("stale-while-revalidate", 0);
  }

  private boolean isYoungEnough(Directives wanted, long now) {
    return !wanted.has("no-cache") && ageMillis(now) <= wanted.millis("max-age", Long.MAX_VALUE);
  }

  /** Whether it answers the request where the origin does not. */
  boolean standsIn(Asking asking, long now) {
    long limit =
        Math.max(says.millis("stale-if-error", 0), asking.says().millis("stale-if-error", 0));
    return !asking.isUnsafe()
        && !asking.says().has("no-cache")
        && !isNeverStale()
        && limit > 0
        && staleMillis(now) < limit;
  }

  private boolean isNeverStale() {
    return Staleness.isForbidden(body.said().isError(), says);
  }

  @Override
  public String toString() {
    return body == said ? body + " [" + says + "]" : body + " by " + said + " [" + says + "]";
  }
}
