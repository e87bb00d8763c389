package dev.holdfast.simulation;

import dev.holdfast.http.CacheStatus;
import dev.holdfast.service.Answer;
import dev.holdfast.service.ProblemType;
import java.util.function.Predicate;

/** Which responses may answer a request, fresh, stale or confirmed, and as what (law 7). */
final class LawsOfAnswers {

  private final World world;
  private final Verdicts verdicts;

  LawsOfAnswers(World world, Verdicts verdicts) {
    this.world = world;
    this.verdicts = verdicts;
  }

  /** A caller is answered with a response. */
  void answered(Caller caller, Answer.Response response) {
    Kept kept = caller.kept().asOf(caller.cameAt); // what is made stale after that may not show
    Asking asking = caller.asking;
    CacheStatus how = response.cacheStatus();
    boolean onlyCached = asking.says().has("only-if-cached");
    boolean rightVariant = kept.isOfTheVariantOf(asking);
    verdicts.unless(kept.isRightly(response.head()), "law 7: says another thing", caller, kept);
    verdicts.unless(rightVariant, "law 7: another variant's", caller, kept);
    verdicts.unless(how.hit() || !onlyCached, "fetched for who wants no such", caller, kept);
    if (how.hit()) {
      hit(caller, kept, how);
    } else if (!caller.isHit()) {
      fetched(caller, kept);
    } else if (how.detail() == null) {
      confirmed(caller, kept);
    } else {
      degraded(caller, kept);
    }
    age(caller, kept, response);
    condition(caller, kept, response);
  }

  private void age(Caller caller, Kept kept, Answer.Response response) {
    boolean right =
        response.age() == null || response.age().toMillis() == kept.ageMillis(world.millis());
    verdicts.unless(right, "law 7: of another age", caller, kept, response);
  }

  private void hit(Caller caller, Kept kept, CacheStatus how) {
    Predicate<Kept> asItIs = each -> each.answers(caller.asking, world.millis());
    Predicate<Kept> meanwhile = each -> each.answersMeanwhile(caller.asking, world.millis());
    if (!kept.isFresh(world.millis())) {
      world.meets(Event.STALE_SERVED, caller.target);
    }
    boolean saidStale = how.detail() != null;
    boolean merged = world.mergedSince(kept.said().mergesAtBegin);
    boolean right =
        saidStale
            ? merged || caller.kept().maybe(caller, meanwhile)
            : caller.kept().maybe(caller, asItIs);
    boolean fresh = caller.kept().surely(caller, asItIs);
    verdicts.unless(kept.isForAll(), "law 7: another caller's", caller, kept);
    verdicts.unless(right, "law 7: not fresh enough", caller, kept);
    verdicts.unless(!saidStale || !fresh, "law 7: said stale", caller, kept);
    boolean gone =
        world.fetches().stream().anyMatch(fetch -> hasShownToBeGone(fetch, kept, caller));
    verdicts.unless(!gone, "law 7: a head has shown it to be gone", caller, kept);
    boolean fetchedAnew =
        !saidStale
            || !caller.asking.couldStore()
            || (caller.asking.authorized() && !Reply.isForAll(kept.says()))
            || world.withoutCallers() >= world.terms().maxWithoutCallers()
            || world.fetches().stream().anyMatch(fetch -> isAnew(fetch, caller));
    verdicts.unless(fetchedAnew, "law 7: stale, and not fetched anew", caller, kept);
  }

  private static boolean isAnew(Fetch fetch, Caller caller) {
    boolean running = fetch.isRunning() && fetch.target.equals(caller.target);
    return running || fetch.starter == caller;
  }

  /** Whether a later response to {@code HEAD} was about another than that. */
  private static boolean hasShownToBeGone(Fetch fetch, Kept kept, Caller caller) {
    return fetch.hasComparedItsHead()
        && !fetch.isRunning()
        && fetch.endedBefore(caller)
        && fetch.target.equals(caller.target)
        && kept.isOfTheVariantOf(fetch.asking())
        && kept.said().beganBefore(fetch)
        && kept.said().writtenAt < fetch.writtenAt
        && !kept.isLike(fetch.said());
  }

  private void fetched(Caller caller, Kept kept) {
    boolean shared =
        kept.said().isSharedError()
            || (kept.isForAll() && kept.answers(caller.asking, world.millis()));
    boolean own = kept.said().starter == caller;
    verdicts.unless(own || shared, "law 7: another caller's", caller, kept);
    if (kept.said().said().isError()) {
      notInPlaceOfAnother(caller);
    }
  }

  private void confirmed(Caller caller, Kept kept) {
    boolean ofItself =
        world.fetches().stream().anyMatch(fetch -> fetch.starter == caller && fetch.isConfirming());
    boolean answers = kept.answers(caller.asking, world.millis());
    verdicts.unless(kept.isForAll(), "law 7: another caller's", caller, kept);
    verdicts.unless(ofItself || answers, "law 7: not confirmed enough", caller, kept);
  }

  private void degraded(Caller caller, Kept kept) {
    world.meets(Event.STALE_ON_ERROR, caller.target);
    boolean right =
        kept.isForAll()
            && caller.kept().maybe(caller, each -> each.standsIn(caller.asking, world.millis()));
    verdicts.unless(right, "law 7: stale in place of an error", caller, kept);
    verdicts.unless(hasReason(caller), "law 7: stale in place of nothing", caller, kept);
  }

  private boolean hasReason(Caller caller) {
    Terms terms = world.terms();
    return !caller.isPatient()
        || terms.mayRefuse()
        || terms.breaker()
        || world.waitingCallers() == terms.maxWaiting()
        || world.fetches().stream()
            .anyMatch(
                fetch ->
                    fetch.target.equals(caller.target)
                        && (fetch.hasFailedSince(caller.cameAt) || fetch.isError()));
  }

  /** A 304 is for who has just that already. */
  private void condition(Caller caller, Kept kept, Answer.Response response) {
    Fetch said = kept.said();
    boolean told = response.head().status() == 304;
    if (told) {
      world.meets(Event.NOT_MODIFIED_TOLD, caller.target);
    }
    boolean has = kept.body().said().status() == 200 && caller.asking.has(kept.etag());
    String tag = caller.asking.tag();
    boolean bySame = said.starter == caller && !tag.isEmpty() && said.asked().equals(tag);
    boolean ofTheOrigin = response.age() == null && bySame; // which decides for itself
    verdicts.unless(
        told == has || ofTheOrigin, "law 7: has it, or has it not", caller, kept, response);
  }

  /** A caller is told of an error. */
  void refused(Caller caller, ProblemType why) {
    if (why != ProblemType.ONLY_IF_CACHED) {
      notInPlaceOfAnother(caller);
      return;
    }
    world.meets(Event.ONLY_IF_CACHED, caller.target);
    Kept kept = world.kept(caller.target, caller.asking);
    boolean answers =
        kept != null
            && kept.surely(
                caller,
                each ->
                    each.answers(caller.asking, world.millis())
                        || each.answersMeanwhile(caller.asking, world.millis()));
    boolean right = caller.asking.says().has("only-if-cached") && !answers;
    verdicts.unless(right, "refused what is stored", caller, String.valueOf(kept));
  }

  private void notInPlaceOfAnother(Caller caller) {
    Kept kept = world.kept(caller.target, caller.asking);
    boolean right =
        kept == null || !kept.surely(caller, each -> each.standsIn(caller.asking, world.millis()));
    verdicts.unless(right, "law 6: an error, with a stale response", caller, String.valueOf(kept));
  }
}
