package dev.holdfast.scenario;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * An origin that remembers all that it has answered; much of what may be joined it answers late.
 */
final class MarkingOrigin implements AutoCloseable {

  /** The request header that tells one request from all others. */
  static final String ASK = "X-Ask";

  private final ScriptedOrigin origin = new ScriptedOrigin().forgetful();
  private final Map<String, Marked> answered = new ConcurrentHashMap<>();
  private final AtomicInteger number = new AtomicInteger();
  private final Traffic traffic;

  MarkingOrigin(Traffic traffic) {
    this.traffic = traffic;
    origin.otherwise(this::answer);
  }

  ScriptedOrigin scripted() {
    return origin;
  }

  int fetches() {
    return number.get();
  }

  /** What it answered with that tag. */
  Marked answered(String etag) {
    return Objects.requireNonNull(answered.get(etag), () -> "never sent: " + etag);
  }

  private void answer(Exchange exchange) {
    var request = exchange.request();
    var random = ThreadLocalRandom.current();
    if (random.nextInt(Identity.of(request).isAnonymous() ? 2 : 16) == 0) {
      traffic.awaitMoreOf(16);
    }
    var confirmed = confirmed(request);
    if (confirmed != null && random.nextBoolean()) {
      exchange.send(Wire.head("HTTP/1.1 304 Not Modified", "ETag: " + confirmed.etag()));
      exchange.answered();
      return;
    }
    var marked = marked(request, random);
    answered.put(marked.etag(), marked);
    var status = marked.says().status() == 200 ? "200 OK" : "503 Service Unavailable";
    exchange.answer(status, marked.body(), marked.fields());
  }

  private Marked marked(Request request, Random random) {
    var target = Integer.parseInt(request.path().replaceFirst(".*/", ""));
    return new Marked(
        number.incrementAndGet(),
        request.target(),
        Objects.requireNonNull(request.header(ASK)),
        Identity.of(request),
        Marked.drawn(target, random));
  }

  /** What the request has already, and its sender would be answered again. */
  private @Nullable Marked confirmed(Request request) {
    var tags = request.header("If-None-Match");
    return List.of(("" + tags).split(", *")).stream()
        .map(answered::get)
        .filter(Objects::nonNull)
        .filter(marked -> marked.target().equals(request.target()))
        .filter(marked -> marked.isTheSameFor(Identity.of(request)))
        .findFirst()
        .orElse(null);
  }

  @Override
  public void close() {
    origin.close();
  }
}
