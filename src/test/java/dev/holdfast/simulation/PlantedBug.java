package dev.holdfast.simulation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The guards of the laws, each with the product as it would be without it.
 *
 * <p>A guard is a passage of a source that stands there once, however its lines are broken.
 */
enum PlantedBug {
  // joining (laws 2, 4, 7)
  FENCE_IS_NOT_COMPARED_AT_A_JOIN(
      "fill/Fills", "own.equals(selecting) && !fill.isOvertaken()", "own.equals(selecting)"),
  TAGS_OF_WHAT_IS_IN_FLIGHT_ARE_TAKEN_FOR_KNOWN(
      "store/Fence", "return began < latestTag.get() || began", "return began"),
  VARIANT_IS_NOT_COMPARED_AT_A_JOIN(
      "fill/Fills", "own.equals(selecting) && !fill.isOvertaken()", "!fill.isOvertaken()"),
  NOBODY_LOOKS_AGAIN_BEFORE_A_FILL_STARTS(
      "fill/Fills", "new Joining(ask, isStoredNow, null)", "new Joining(ask, () -> false, null)"),
  JOINERS_GET_WHATEVER_COMES(
      "fill/Attachment", "return !collapsed || Sharing.allows(", "return true || Sharing.allows("),

  WHAT_CREDENTIALS_BRING_IS_WAITED_FOR(
      "policy/Reuse", "if (!Sharing.mayBeJoined(request, stored, given.policy)) {", "if (false) {"),

  // the write (laws 1, 2, 3)
  FENCE_IS_NOT_COMPARED_AT_THE_WRITE(
      "store/Store", "if (isInvalidated(entry) || entries", "if (entries"),
  EARLIER_FETCH_REPLACES_A_LATER_ONE(
      "store/Store", "return one.began() > other.began() && one", "return one"),
  VARIANT_COMES_BACK_FROM_BEHIND_A_LATER_ONE(
      "store/Store",
      "one.selecting().overlaps(other.selecting())",
      "one.selecting().equals(other.selecting())"),
  OTHER_VARIANTS_ARE_REPLACED("store/Store", "one.selecting().overlaps(other.selecting())", "true"),
  READING_IS_TAKEN_AT_THE_HEAD(
      "fill/Fill",
      "public void head(ResponseHead said) {",
      "public void head(ResponseHead said) { begun();"),
  TABLE_IS_LEFT_BEFORE_THE_WRITE(
      "fill/Fill",
      ".doOnNext(arrived -> store())",
      ".doOnNext(arrived -> fills.leaveTable(this)).doOnNext(arrived -> store())"),
  TABLE_IS_NOT_LEFT_AT_THE_END(
      "fill/Fill",
      "fills.leaveTable(this); invalidateIfUnknown(how);",
      "invalidateIfUnknown(how);"),
  END_IS_TOLD_BEFORE_THE_WRITE(
      "fill/Fill",
      ".doOnNext(arrived -> store())",
      ".doOnNext(arrived -> content.end(null)).doOnNext(arrived -> content.wakeReaders())"
          + ".doOnNext(arrived -> store())"),
  LAST_PIECE_IS_HANDED_OVER_BEFORE_THE_WRITE(
      "fill/Content", "boolean mayBeLast = received == knownLength;", "boolean mayBeLast = false;"),
  HEAD_THAT_IS_ALL_IS_SHOWN_BEFORE_THE_WRITE(
      "fill/Fill", "if (!isWholeWithHead(head)) {", "if (true) {"),
  FETCH_DIES_WITH_ITS_LAST_CALLER(
      "fill/Content",
      "readers.isEmpty() && !writing && !(fetching && worthFinishing)",
      "readers.isEmpty() && !writing"),
  FETCH_DIES_WITH_ITS_FIRST_CALLER(
      "fill/Content",
      "readers.isEmpty() && !writing && !(fetching && worthFinishing)",
      "!writing && !(fetching && worthFinishing)"),
  FETCH_THAT_IS_BEING_WRITTEN_IS_GIVEN_UP(
      "fill/Content", "readers.isEmpty() && !writing &&", "readers.isEmpty() &&"),
  FETCH_GOES_ON_THOUGH_ITS_ORIGIN_IS_TO_BE_SPARED(
      "fill/Fill", "background || ask.terms().finishesAbandoned()", "true"),
  FETCH_BEGINS_THOUGH_AS_MANY_RUN_FOR_NOBODY_AS_MAY(
      "fill/Fill", "if (ask.couldStore() && withoutCallers().isFull()) {", "if (false) {"),
  WHO_JOINS_A_FETCH_THAT_NOBODY_WAITED_FOR_IS_NOT_COUNTED(
      "fill/Content", "count(reader, 1); countIfUnattended();", "count(reader, 1);"),
  FETCH_FOR_NOBODY_COUNTS_FOR_EVER(
      "fill/Content", "end = new End(failure); countIfUnattended();", "end = new End(failure);"),
  UNSAFE_FETCH_DIES_WITH_ITS_CALLER("fill/Fill", "return aftermath.isPossible() || (", "return ("),

  PART_IS_STORED(
      "fill/Fill",
      ".doOnNext(arrived -> store())",
      ".doOnNext(arrived -> store()).doOnError(failure -> { if (response != null) store(); })"),

  // what a 304 confirms (laws 2, 3)
  FENCE_OF_WHAT_IS_CONFIRMED_IS_NOT_COMPARED("store/Store", "&& !isInvalidated(entry)", ""),
  FENCE_OF_WHO_CONFIRMS_IS_NOT_COMPARED(
      "store/Store", "&& !isInvalidated(key, said.began(), said.tags())", ""),
  EARLIER_FETCH_CONFIRMS_AFTER_A_LATER_ONE("store/Store", "&& entry.began() <= said.began()", ""),
  WHAT_IS_CONFIRMED_IS_NOT_RENEWED(
      "store/Store", "entries.contains(entry) && ", "!entries.contains(entry) && "),
  WHAT_IS_CONFIRMED_IS_NOT_WEIGHED(
      "store/Store", "if (!fits(entry.weightBytes(said))) {", "if (false) {"),

  // loads of Spring's annotations
  FENCE_IS_NOT_COMPARED_AT_A_LOAD(
      "fill/Loads",
      "running != null && !store.isInvalidated(key, running.began(), Set.of())",
      "running != null"),
  LOAD_HAS_NO_DEADLINE("fill/Loads", "Mono.firstWithSignal(deadline(key), value)", "value"),
  LOAD_STAYS_LISTED("fill/Loads", "inFlight.remove(key, load);", ""),
  LOADS_PLACE_IS_NOT_GIVEN_BACK("fill/Loads", "bounds(key).places().release();", ""),
  LOAD_IS_NOT_STORED(
      "fill/Loads", ".doOnNext(result -> store(key, result.value(), load.began()))", ""),
  PUT_TAKES_THE_PLACE_OF_ANOTHER("fill/Loads", "if (present[0] == null) {", "if (true) {"),

  // what is stored (law 7)
  NO_STORE_IS_IGNORED(
      "policy/Storability",
      "if (directives.has(\"must-understand\") ? !understood : directives.has(\"no-store\")) {",
      "if (false) {"),
  PRIVATE_IS_IGNORED(
      "policy/Storability",
      "directives.isUnqualified(\"private\") ? NotStorable.PRIVATE : null",
      "null"),
  COOKIES_ARE_SHARED("policy/Storability", "return NotStorable.SET_COOKIE;", "return null;"),
  CREDENTIALS_ARE_IGNORED(
      "policy/Storability", "return NotStorable.AUTHORIZATION;", "return null;"),

  // fresh enough, or not (law 7)
  NO_CACHE_OF_THE_REQUEST_IS_IGNORED(
      "policy/Requests", "return directives(request).has(\"no-cache\");", "return false;"),
  NO_CACHE_OF_THE_RESPONSE_IS_IGNORED(
      "policy/Reuse",
      "policy.directivesOf(response.head().fields()).isUnqualified(\"no-cache\")",
      "false"),
  MAX_AGE_OF_THE_REQUEST_IS_IGNORED(
      "policy/Reuse", "filter(limit -> age.compareTo(limit) > 0)", "filter(limit -> false)"),
  MIN_FRESH_IS_IGNORED("policy/Reuse", "&& ttl.compareTo(needed) >= 0", ""),
  ONLY_IF_CACHED_IS_IGNORED(
      "policy/Reuse", "if (Requests.allowsNothingButTheCache(request)) {", "if (false) {"),
  AGE_IS_IGNORED(
      "policy/Freshness", "ageValue(stored.head().fields()).plus(responseDelay)", "responseDelay"),
  MAX_AGE_COMES_BEFORE_S_MAXAGE(
      "policy/Freshness",
      "List.of(\"s-maxage\", \"max-age\")",
      "List.of(\"max-age\", \"s-maxage\")"),

  // stale (laws 4, 6, 7)
  MUST_REVALIDATE_IS_IGNORED("policy/Staleness", "List.of(\"must-revalidate\", ", "List.of("),
  PROXY_REVALIDATE_IS_IGNORED("policy/Staleness", "\"proxy-revalidate\", ", ""),
  S_MAXAGE_MAY_BE_STALE("policy/Staleness", ", \"s-maxage\")", ")"),
  NO_CACHE_STANDS_IN_FOR_AN_ERROR(
      "policy/Staleness", "|| directives.isUnqualified(\"no-cache\")", ""),
  STALE_WITHOUT_END_WHILE_REVALIDATING(
      "policy/Staleness",
      "&& of(stored, policy, now).compareTo(whileRevalidating(stored, policy)) < 0",
      ""),
  STALE_WITHOUT_END_ON_ERROR(
      "policy/Staleness", "&& of(stored, policy, now).compareTo(limit) < 0", ""),
  STALE_WITHOUT_END_FOR_THE_REQUEST(
      "policy/Staleness",
      "filter(limit -> of(stored, policy, now).compareTo(limit) <= 0)",
      "filter(limit -> true)"),
  ERROR_IS_TOLD_IN_SPITE_OF_A_STALE_RESPONSE(
      "policy/Reuse",
      "return allowed ? serve(stored, policy, now, false, false) : null;",
      "return null;"),
  WHAT_IS_STALE_IS_NOT_FETCHED_ANEW("service/Passage", "if (serve.refresh()) {", "if (false) {"),
  WHAT_IS_STALE_IS_FETCHED_ANEW_IN_VAIN(
      "policy/Reuse", "&& Sharing.mayBeJoined(given.request, given.stored, given.policy)", ""),
  WHAT_IS_STALE_IS_FETCHED_BY_EVERYBODY(
      "fill/Fills",
      "Attachment attachment = join(new Joining(ask, isNeedless, variant));",
      "Attachment attachment = pass(ask);"),
  WHO_IS_SERVED_STALE_STAYS_ATTACHED(
      "fill/Fills", "if (attachment != null) { attachment.leave(); }", ""),

  // what is confirmed, and by conditions (law 7)
  CONFIRMED_BY_WHAT_IS_ABOUT_ANOTHER(
      "policy/Validation",
      "return known != null && EntityTag.parse(etag).matchesWeakly(EntityTag.parse(known));",
      "return true;"),
  WHAT_A_304_SAYS_IS_NOT_TAKEN("policy/Validation", ".addAll(update)", ""),
  WHAT_IS_CONFIRMED_STAYS_THOUGH_FORBIDDEN(
      "policy/Validation",
      "&& Storability.mayStay(request.withMethod(\"GET\"), freshened, policy)",
      ""),
  FRESHENED_BY_THE_HEAD_OF_ANOTHER(
      "fill/Renewal", "&& Validation.isHeadOf(stored, entry.body().lengthBytes(), said)", ""),
  WHAT_A_HEAD_SHOWS_TO_BE_GONE_STAYS("fill/Renewal", "store.discard(entry);", ""),
  OTHER_TAG_IS_TAKEN_FOR_THE_SAME(
      "policy/Preconditions",
      "&& EntityTag.parseList(ifNoneMatch).stream().anyMatch(EntityTag.parse(etag)::matchesWeakly)",
      ""),
  CONDITIONS_ARE_IGNORED(
      "policy/Preconditions",
      "if (!request.isGetOrHead() || !stored.head().isOfWhatWasFound()) {",
      "if (true) {"),

  // unsafe requests (law 2)
  UNKNOWN_METHODS_ARE_TAKEN_FOR_SAFE(
      "policy/Requests",
      "return SAFE.contains(request.method());",
      "return !Set.of(\"POST\", \"PUT\", \"DELETE\").contains(request.method());"),
  UNSAFE_REQUEST_INVALIDATES_NOTHING(
      "fill/Aftermath", "scopes.add(new Scope.Target(ask.key().target()));", ""),
  WHAT_A_LOCATION_NAMES_IS_NOT_INVALIDATED(
      "policy/Invalidation", "{\"Location\", \"Content-Location\"}", "{\"Content-Location\"}"),
  WHAT_A_CONTENT_LOCATION_NAMES_IS_NOT_INVALIDATED(
      "policy/Invalidation", "{\"Location\", \"Content-Location\"}", "{\"Location\"}"),
  UNKNOWN_OUTCOME_INVALIDATES_NOTHING(
      "fill/Aftermath",
      "store.invalidate(ask.key().cache(), new Scope.Target(ask.key().target()));",
      ""),
  OWN_INVALIDATION_COUNTS_AGAINST_WHAT_IS_BROUGHT(
      "fill/Aftermath", "return own == 0 ? reading : own;", "return reading;"),

  // looking up (law 2)
  FENCE_IS_NOT_COMPARED_AT_THE_LOOK_UP(
      "store/Store",
      "if (isInvalidated(entry)) { bound.invalidate(entry);",
      "if (false) { bound.invalidate(entry);"),
  TARGETS_ARE_NOT_COMPARED(
      "store/Fence", "Mark over = of(new Scope.Target(target));", "Mark over = Mark.NONE;"),
  PREFIXES_ARE_NOT_COMPARED("store/Fence", "if (began < latestPrefix.get()) {", "if (false) {"),
  TAGS_ARE_NOT_COMPARED("store/Fence", "if (began < latestTag.get()) {", "if (false) {"),
  WHOLE_CACHE_IS_NOT_COMPARED(
      "store/Fence", "return over.and(Objects.requireNonNull(wholeCache.get()));", "return over;"),
  MARKS_ARE_DROPPED_WITHOUT_A_SUCCESSOR(
      "store/Fence",
      "wholeCache.accumulateAndGet(mark, Mark::and); marks.remove(scope, mark);",
      "marks.remove(scope, mark);"),
  WHAT_WAS_MADE_STALE_IS_FOUND_FRESH(
      "store/Store",
      "fence(key.cache()).staleSince(key.target(), state.began(), state.tags())",
      "null"),
  WHAT_IS_MADE_STALE_IN_FLIGHT_IS_JOINED(
      "store/Fence",
      "began < over(target, began, Set.of()).latest();",
      "began < over(target, began, Set.of()).invalid();"),
  WHAT_IS_MADE_STALE_IS_DROPPED_WHERE_MARKS_MERGE(
      "store/Mark", "Mark staler = stale >= other.stale ? this : other;", "Mark staler = this;"),

  // bodies (laws 5, 7)
  BODY_IS_NOT_RETAINED_WHILE_IT_IS_READ(
      "service/Passage",
      "if (entry.body().tryRetain()) { return serve",
      "if (entry.body().refCnt() > 0) { return serve"),
  BODY_IS_NOT_RELEASED_AFTER_IT_WAS_READ(
      "service/Passage",
      "? Result.STALE : Result.HIT); }, Body::release",
      "? Result.STALE : Result.HIT); }, retained -> {}"),
  BODY_THAT_IS_CONFIRMED_IS_NOT_RELEASED(
      "service/Passage",
      "retained -> write(answer, result), Body::release",
      "retained -> write(answer, result), retained -> {}"),
  BYTES_ARE_NOT_RELEASED_ON_ERROR(
      "fill/Content",
      "visible = failure == null ? received : visible; // what failed is never seen whole freeIfUnread();",
      "visible = failure == null ? received : visible; if (failure == null) freeIfUnread();"),
  BYTES_ARE_NOT_RELEASED_WITH_THE_LAST_READER(
      "fill/Content",
      "remove(reader); trimToSlowest(); freeIfUnread();",
      "remove(reader); trimToSlowest();"),
  WHAT_ALL_HAVE_TAKEN_IS_KEPT(
      "fill/Content",
      "while (!segments.isEmpty() && segments.get(0).readers == 0) {",
      "while (segments.isEmpty()) {"),
  WHAT_ONE_READER_HAS_NOT_TAKEN_IS_DROPPED(
      "fill/Content",
      "segment.readers--; count(reader, 1);",
      "segment.readers = 0; count(reader, 1);"),
  BYTES_ARE_RELEASED_WHILE_SOMEBODY_READS(
      "fill/Content",
      "if (end != null && readers.isEmpty() && !freed) {",
      "if (end != null && !freed) {"),
  READER_WHO_LEFT_IS_STILL_SERVED(
      "fill/BodyReader", "public void cancel() { finished = true;", "public void cancel() {"),
  PART_IS_ENDED_AS_THE_WHOLE("fill/Content", "return end.failure() == null", "return true"),
  WHAT_FAILED_IS_SEEN_WHOLE(
      "fill/Content", "visible = failure == null ? received : visible;", "visible = received;"),

  // bounds (law 6)
  LINE_HAS_NO_END("origin/WaitingLine", "if (waiting.size() >= maxWaiting) {", "if (false) {"),
  NOBODY_IS_LET_IN(
      "origin/WaitingLine", "bulkhead.onComplete(); letIn();", "bulkhead.onComplete();"),
  PERMIT_IS_NOT_GIVEN_BACK("origin/WaitingLine", "bulkhead.onComplete();", ""),
  PLACE_IN_LINE_IS_NOT_GIVEN_UP(
      "origin/WaitingLine",
      "wasWaiting = waiting.remove(ticket);",
      "wasWaiting = waiting.contains(ticket);"),
  PERMISSION_OF_THE_BREAKER_IS_NOT_GIVEN_BACK(
      "origin/Guards",
      "permitted -> Mono.fromRunnable(permitted::releasePermission)",
      "permitted -> Mono.empty()"),
  CALLERS_WAIT_WITHOUT_LIMIT("service/WaitingCallers", "if (before >= max) {", "if (false) {"),
  CALLERS_PLACE_IS_NOT_GIVEN_BACK("service/WaitingCallers", "waiting.decrementAndGet();", ""),
  FETCH_HAS_NO_DEADLINE("origin/FetchTimeout", ".timeout(deadline)", ""),
  PAUSE_HAS_NO_DEADLINE(
      "origin/FetchTimeout", "taken.then(Mono.delay(limit, timer))", "Mono.never()"),
  CALLERS_PATIENCE_HAS_NO_END(
      "service/Passage", "return head.timeout(patience, over, service.timer());", "return head;"),
  LONG_BODY_IS_STORED("fill/Content", "storing && received + length > maxStoredBytes", "false"),
  SLOW_READER_IS_NOT_CUT_OFF(
      "fill/Content", "filter(reader -> front - reader.released() > tolerated)", "limit(0)"),
  MEMORY_IN_FLIGHT_HAS_NO_LIMIT(
      "store/BodyMemory",
      "while (reserved + bytes <= maxInFlightBytes) {",
      "while (reserved + bytes >= 0) {"),
  MEMORY_IN_FLIGHT_IS_NOT_GIVEN_BACK(
      "fill/Segment", "if (givenBack.compareAndSet(false, true)) {", "if (false) {"),
  MEMORY_IN_FLIGHT_IS_GIVEN_BACK_TWICE(
      "fill/Segment", "if (givenBack.compareAndSet(false, true)) {", "if (true) {"),
  WHAT_READERS_ARE_DONE_WITH_MAKES_NO_ROOM(
      "fill/Content", "fastest = Math.max(fastest, reader.released());", ""),
  MEMORY_OF_WHAT_IS_STORED_COUNTS_TWICE("fill/Content", "segments.forEach(Segment::handOver);", ""),
  MEMORY_OF_WHAT_IS_STILL_READ_DOES_NOT_COUNT(
      "store/Store", "lingeringBytes.addAndGet(weight);", ""),
  WHAT_IS_EVICTED_AND_READ_BY_A_FILL_DOES_NOT_COUNT(
      "fill/Content", "&& body.tryRetain()) {", ") {"),
  MARKS_HAVE_NO_LIMIT("store/Fence", "if (marks.size() > maxMarks) {", "if (false) {"),
  ;

  private static final Path SOURCES = Path.of("src", "main", "java", "dev", "holdfast");

  private final String source;
  private final String guard;
  private final String without;

  PlantedBug(String source, String guard, String without) {
    this.source = source;
    this.guard = guard;
    this.without = without;
  }

  /** The source that the guard stands in, such as {@code store/Store}. */
  String source() {
    return source;
  }

  /** The simulation that has to find it out. */
  Class<?> simulation() {
    return source.equals("fill/Loads") ? LoadSchedule.class : Schedule.class;
  }

  /** The source's text with the bug in place of the guard. */
  String inPlaceOfTheGuard() {
    String text;
    try {
      text = Files.readString(SOURCES.resolve(source + ".java"));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    Matcher found = guardAsPattern().matcher(text);
    if (found.results().count() != 1) {
      throw new AssertionError("this does not stand in " + source + " once: " + guard);
    }
    return found.replaceFirst(Matcher.quoteReplacement(without));
  }

  /** The guard, however its lines are broken. */
  private Pattern guardAsPattern() {
    String pattern =
        Arrays.stream(guard.strip().split("\\s+"))
            .map(Pattern::quote)
            .collect(Collectors.joining("\\s+"));
    return Pattern.compile(pattern);
  }
}
