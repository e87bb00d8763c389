package dev.holdfast.scenario;

import static dev.holdfast.scenario.Answer.fresh;
import static dev.holdfast.scenario.Answer.ok;
import static dev.holdfast.scenario.Conversation.conversation;
import static dev.holdfast.scenario.Turn.get;
import static dev.holdfast.scenario.Turn.head;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A transparent cache, as it is without configuration, in front of an origin that checks what
 * reaches it: conversations on all that RFC 9111 is about, 25 at a time.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TransparentCacheTest {

  private static final int AT_A_TIME = 25;

  private final ScriptedOrigin origin = new ScriptedOrigin();
  private final ExecutorService callers = Executors.newFixedThreadPool(AT_A_TIME);
  private final Map<String, Play> plays = new ConcurrentHashMap<>();
  private Holdfast holdfast;

  @BeforeAll
  void start() {
    holdfast =
        Holdfast.inFrontOf(origin, "path-prefix=/", "caller-timeout=20s", "expose-tags=true");
    origin.otherwise(this::answer);
  }

  @AfterAll
  void stop() {
    callers.shutdown();
    holdfast.close();
    origin.close();
  }

  private static List<Conversation> conversations() {
    return Stream.of(
            StoringConversations.all(),
            FreshnessConversations.all(),
            RequestConversations.all(),
            StaleConversations.all(),
            ValidationConversations.all(),
            FresheningConversations.all(),
            ConditionConversations.all(),
            VaryConversations.all(),
            RangeConversations.all(),
            InvalidationConversations.all(),
            TransparencyConversations.all())
        .flatMap(conversations -> conversations)
        .collect(Collectors.toCollection(ArrayList::new));
  }

  @RepeatedTest(20)
  void conversationsInParallel_goAsTheRfcsSay(RepetitionInfo run) throws Exception {
    var conversations = conversations();
    // so that each time others meet, and errors do not come in a row: that would open the breaker
    Collections.shuffle(conversations, new Random(run.getCurrentRepetition()));

    var played = new ArrayList<Future<Play>>();
    for (var conversation : conversations) {
      var target = "/run-" + run.getCurrentRepetition() + "/" + played.size();
      played.add(callers.submit(() -> play(conversation, target)));
    }
    var plays = new ArrayList<Play>();
    for (var play : played) {
      plays.add(play.get());
    }

    holdfast.awaitNothingLeft();
    assertThat(plays).flatExtracting(play -> play.differences().toList()).isEmpty();
  }

  @Test
  void postOfWhatAGetWouldBring_isStoredWhereNothingIsInvalidatedMeanwhile() {
    var play = play(StoringConversations.ofAPost(), "/alone/post");
    holdfast.awaitNothingLeft();
    assertThat(play.differences()).isEmpty();
  }

  private static Stream<Arguments> wrongConversations() {
    var no = "Cache-Control: no-cache";
    var hop = new String[] {"Connection: X-A", "X-A: 1"};
    return Stream.of(
        wrong("status is 200, not 304", get().origin(fresh()).unchanged(1)),
        wrong("content is turn 2", fill(), get(no).origin(fresh()).stored(), get().hit(1)),
        wrong("x-a is [], not [1]", get().origin(fresh()).stored().sees("X-A: 1")),
        wrong("x-a is [], not [1]", get().origin(fresh(hop)).stored()),
        wrong("!Via expected", get().origin(fresh()).stored().sees("!Via")),
        wrong("Age is null", get().origin(fresh()).stored().age(0)),
        wrong("not 200 or little less", fill(), get().hit(1).ttl(200)),
        wrong("expected stored", get().origin(ok()).stored()),
        wrong("expected !stored", get().origin(fresh()).forwarded("!stored")),
        wrong("origin: x-host is [], not [a]", get("X-Host: a").origin(fresh()).stored()),
        wrong("origin: the method is HEAD", head().origin("GET", ok()).forwarded()),
        wrong("!If-None-Match expected", tagged(), get(no).origin(fresh()).stored()),
        wrong("the origin was not asked", fill(), get().origin(fresh()).hit(1)),
        wrong("the origin was asked: GET", get().forwarded()));
  }

  private static Arguments wrong(String difference, Turn... turns) {
    return Arguments.of(difference, conversation("wrong", turns));
  }

  private static Turn fill() {
    return get().origin(fresh()).stored();
  }

  private static Turn tagged() {
    return get().origin(fresh("ETag: \"a\"")).stored();
  }

  @ParameterizedTest
  @MethodSource("wrongConversations")
  void wrongConversation_differs(String difference, Conversation conversation) {
    var play = play(conversation, "/wrong/" + plays.size());
    assertThat(play.differences()).anyMatch(one -> one.contains(difference));
  }

  private Play play(Conversation conversation, String target) {
    var play = new Play(conversation, target, origin, holdfast.port());
    plays.put(target, play);
    play.play();
    return play;
  }

  /** A play's target is the first two segments of all that it asks for. */
  private void answer(Exchange exchange) {
    var path = exchange.request().path().split("/", 4);
    var play = plays.get("/" + path[1] + "/" + path[2]);
    Objects.requireNonNull(play, exchange.request().target()).answer(exchange);
  }
}
