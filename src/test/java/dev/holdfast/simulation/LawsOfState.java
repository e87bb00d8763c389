package dev.holdfast.simulation;

import dev.holdfast.http.StoredResponse;
import dev.holdfast.http.Tags;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What holds after every step, whatever is under way (laws 2, 3, 5, 6 and 7). */
final class LawsOfState {

  private static final List<Asking> LOOKED_FOR = List.of(Asking.ENGLISH, Asking.GERMAN);

  /** Of a body that is not stored: what the slowest reader may be behind, to whole segments. */
  private static final long MOST_BYTES_OF_A_FETCH =
      Terms.MAX_STORED_BYTES + 2L * 256 * 1024 + 2 * 128 * 1024;

  private final World world;
  private final Verdicts verdicts;
  private final Map<String, Kept> stored = new HashMap<>();
  private int checkedAt;

  LawsOfState(World world, Verdicts verdicts) {
    this.world = world;
    this.verdicts = verdicts;
  }

  /**
   * @param store whether the store is looked into, which clears away what is invalidated
   */
  void check(boolean store) {
    bounds();
    accounts();
    memory();
    world.running().filter(Fetch::isSent).forEach(this::deadline);
    world.running().filter(fetch -> fetch.alone).forEach(this::alone);
    if (store) {
      store();
    }
  }

  private void bounds() {
    Terms terms = world.terms();
    int admitted = world.origin().admitted();
    int inLine = world.origin().waiting();
    int waiting = world.waitingCallers();
    int marks = world.store().marks(Terms.CACHE);
    verdicts.unless(admitted <= terms.permits(), "law 6: more fetches than permits", admitted);
    verdicts.unless(inLine <= terms.maxQueued(), "law 6: the line is too long", inLine);
    verdicts.unless(waiting <= terms.maxWaiting(), "law 6: too many callers wait", waiting);
    verdicts.unless(marks <= terms.maxMarks(), "law 6: too many marks", marks);
  }

  private void accounts() {
    long counted = world.fills().withoutCallers(Terms.CACHE);
    long forNobody = world.withoutCallers();
    verdicts.unless(counted == forNobody, "law 6: miscounts those for nobody", counted, forNobody);
  }

  private void memory() {
    Terms terms = world.terms();
    long stored = world.store().usedBytes();
    long inFlight = world.memory().inFlightBytes();
    long all = world.memory().usedBytes();
    boolean counted = all <= stored + inFlight || terms.scarce(); // which passes on uncounted
    verdicts.unless(isWithin(inFlight, terms.inFlightBytes()), "law 6: in flight", inFlight);
    verdicts.unless(isWithin(stored, terms.storeBytes()), "law 6: stored", stored);
    verdicts.unless(counted, "law 6: not all counted", all, stored, inFlight);
    long needed = world.readable() * MOST_BYTES_OF_A_FETCH + world.bytesOnTheirWay();
    verdicts.unless(inFlight <= needed, "law 6: more than is needed in flight", inFlight, needed);
  }

  private static boolean isWithin(long bytes, long limit) {
    return bytes >= 0 && bytes <= limit;
  }

  private void alone(Fetch fetch) {
    int attached = fetch.attached();
    verdicts.unless(attached <= 1, "law 5: waits for what another's credentials bring", fetch);
  }

  private void deadline(Fetch fetch) {
    boolean inTime = world.millis() - fetch.sentMillis <= world.terms().fetchTimeout().toMillis();
    verdicts.unless(inTime || !fetch.isKept(), "law 6: takes too long", fetch);
  }

  /** What a caller would find now. */
  private void store() {
    for (String target : Data.TARGETS) {
      for (Asking asking : LOOKED_FOR) {
        StoredResponse found = world.stored(target, asking);
        if (found == null) {
          stored.remove(target + asking);
        } else {
          Kept now = Kept.of(world, found.head());
          verdicts.unless(now.isRightly(found.head()), "law 7: says another thing", now);
          found(now, Tags.of(found.head().fields()), stored.put(target + asking, now));
        }
      }
    }
    checkedAt = world.nextMoment();
  }

  private void found(Kept now, Set<String> tags, @Nullable Kept before) {
    Fetch said = now.said();
    boolean whole = now.body().whole && (said.whole || said.asking().isForTheHead());
    verdicts.unless(whole, "law 7: a part is stored", now);
    verdicts.unless(now.isForAll(), "law 7: stored, and one's own", now);
    boolean old = world.purges().stream().anyMatch(purge -> purge.makesOld(now.body(), said, tags));
    verdicts.unless(!old, "law 2: found, and was invalidated", now);
    boolean cleared =
        world.evictedSince(checkedAt)
            || world.purgedSince(checkedAt, any -> true)
            || world.comparedSince(checkedAt, said.target);
    if (before != null && !cleared && !world.terms().isStoreSmall()) {
      boolean later = !said.beganBefore(before.said());
      verdicts.unless(later, "law 3: an earlier one takes the place of", now, before);
    }
  }

  /** All loops have turned. */
  void settled() {
    boolean free = world.origin().admitted() < world.terms().permits();
    world
        .running()
        .filter(fetch -> free && !fetch.isSent())
        .forEach(fetch -> verdicts.unless(false, "law 6: waits for no reason", fetch));
    if (!world.terms().finishesAbandoned()) {
      world
          .running()
          .filter(Fetch::runsForNobody)
          .filter(fetch -> !fetch.isBackground() && !fetch.asking().isUnsafe())
          .forEach(fetch -> verdicts.unless(false, "law 6: not given up for its origin", fetch));
    }
  }

  /** Everybody has gone, and everything has ended; the store is empty after this. */
  void nothingIsLeft() {
    verdicts.unless(world.fills().running().isEmpty(), "a fill runs on");
    verdicts.unless(world.running().findAny().isEmpty(), "a fetch has no end");
    verdicts.unless(world.origin().admitted() == 0, "a permit is kept");
    verdicts.unless(world.origin().waiting() == 0, "a place in line is kept");
    verdicts.unless(world.waitingCallers() == 0, "a caller's place is kept");
    verdicts.unless(world.memory().inFlightBytes() == 0, "bytes in flight are kept");
    world.store().close();
    verdicts.unless(world.store().usedBytes() == 0, "bytes are stored in nothing");
    verdicts.unless(world.memory().usedBytes() == 0, "bytes of bodies are kept");
    CircuitBreaker breaker = world.breaker();
    boolean probing = breaker.getState() == CircuitBreaker.State.HALF_OPEN;
    verdicts.unless(!probing || breaker.tryAcquirePermission(), "a permission is kept");
  }
}
