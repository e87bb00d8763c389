package dev.holdfast.scenario;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One conversation as it is played once: both its ends, and in what they differ from the text. */
final class Play {

  /** Conditions are the cache's business: what the origin sees of them is said where it matters. */
  private static final List<String> CONDITIONS = List.of("!If-None-Match", "!If-Modified-Since");

  private static final Set<String> CONDITION_NAMES = Set.of("if-none-match", "if-modified-since");

  /** A fetch that the origin waits for, of the turn with that number. */
  private record Due(int turn, Turn.Fetch fetch) {}

  private final Conversation conversation;
  private final Placeholders places;
  private final int port;
  private final Queue<Due> due = new ConcurrentLinkedQueue<>();
  private final Map<Integer, Answer> answers = new ConcurrentHashMap<>();
  private final Queue<String> differences = new ConcurrentLinkedQueue<>();

  /**
   * One play.
   *
   * @param target which is this play's alone
   * @param port the cache's
   */
  Play(Conversation conversation, String target, ScriptedOrigin origin, int port) {
    this.conversation = conversation;
    this.places = new Placeholders(target, origin.baseUrl(), Instant.now());
    this.port = port;
  }

  String target() {
    return places.target();
  }

  /** The callers' part; it ends at the first turn that differs. */
  void play() {
    var turns = conversation.turns();
    for (var number = 1; number <= turns.size() && differences.isEmpty(); number++) {
      var turn = turns.get(number - 1);
      for (var fetch : turn.fetches) {
        due.add(new Due(number, fetch));
      }
      for (var difference : play(turn, number)) {
        differ(number, difference);
      }
    }
  }

  /** In what it differed from the text, up to now. */
  Stream<String> differences() {
    return differences.stream();
  }

  private List<String> play(Turn turn, int number) {
    var seen = new ArrayList<>(exchange(turn, number));
    try {
      if (turn.eventually) {
        Await.until(() -> seen.isEmpty() || isSeenNow(turn, number, seen), "seen");
      }
      if (turn.behind) {
        Await.until(due::isEmpty, "asked");
      }
    } catch (AssertionError tooLate) {
      differ(number, "waited in vain");
    }
    for (var missing = due.poll(); missing != null; missing = due.poll()) {
      seen.add("the origin was not asked");
    }
    return seen;
  }

  /** Sends the request once more, and notes what differs then. */
  private boolean isSeenNow(Turn turn, int number, List<String> seen) {
    seen.clear();
    seen.addAll(exchange(turn, number));
    return seen.isEmpty();
  }

  private List<String> exchange(Turn turn, int number) {
    try (var caller = RawCaller.connect(port)) {
      var fields = new ArrayList<>(places.in(turn.fields));
      if (turn.content != null) {
        fields.add("Content-Length: " + turn.content.length());
      }
      caller.request(turn.method, target() + turn.at, fields.toArray(String[]::new));
      if (turn.content != null) {
        caller.send(turn.content);
      }
      var response = caller.readResponse();
      return turn.seen.differences(turn.method, response, source(turn, number), places);
    } catch (RuntimeException | AssertionError e) {
      return List.of(e.toString());
    }
  }

  private @Nullable Answer source(Turn turn, int number) {
    return answers.get(turn.seen.source == Seen.THIS_TURN ? number : turn.seen.source);
  }

  /** The origin's part. */
  void answer(Exchange exchange) {
    var asked = due.poll();
    var request = exchange.request();
    if (asked == null) {
      differ(0, "the origin was asked: " + request.method() + " " + request.headers().all());
      exchange.answer("599 Not Expected", "");
      return;
    }
    compare(request, asked);
    var answer = asked.fetch().answer().in(places, asked.turn());
    answers.put(asked.turn(), answer);
    answer.send(exchange);
  }

  private void compare(Request request, Due asked) {
    var turn = conversation.turns().get(asked.turn() - 1);
    var expected =
        new ExpectedFields(places.in(asked.fetch().fields()))
            .and(places.in(turn.fields), notForwarded(asked.fetch().fields()))
            .and(CONDITIONS, Set.of());
    var seen = new ArrayList<>(expected.differences(request.headers()));
    if (!request.method().equals(asked.fetch().method())) {
      seen.add("the method is " + request.method());
    }
    if (!request.target().equals(target() + turn.at)) {
      seen.add("the target is " + request.target());
    }
    if (!request.body().text().equals(turn.content == null ? "" : turn.content)) {
      seen.add("the content is " + request.body());
    }
    if (!request.headers("Via").contains("1.1 holdfast")) {
      seen.add("Via is " + request.headers("Via"));
    }
    seen.forEach(difference -> differ(asked.turn(), "at the origin: " + difference));
  }

  /** Of the caller's own fields: conditions, and what is said not to reach the origin. */
  private static Set<String> notForwarded(List<String> asked) {
    return Stream.concat(
            CONDITION_NAMES.stream(),
            asked.stream()
                .filter(line -> line.startsWith("!"))
                .map(line -> line.substring(1).toLowerCase(Locale.ROOT)))
        .collect(Collectors.toSet());
  }

  private void differ(int turn, String what) {
    differences.add("%s %s, turn %d: %s".formatted(target(), conversation, turn, what));
  }
}
