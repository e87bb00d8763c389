package dev.holdfast.story;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.publisher.Sinks;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** A scripted origin on a port of its own that holds every answer back until it is released. */
class StoryOrigin implements AutoCloseable {

  private final Sinks.One<Boolean> barrier = Sinks.one();
  private final Counter requests = new Counter("requests at the origin");
  private final Map<String, AtomicInteger> requestsByUrl = new ConcurrentHashMap<>();
  private final DisposableServer server =
      HttpServer.create()
          .host("127.0.0.1")
          .port(0)
          .handle(
              (request, response) -> {
                var answer = arrive(request.uri());
                return response
                    .addHeader("Cache-Control", "max-age=60")
                    // an array: nothing to free where the caller is gone by then
                    .sendByteArray(barrier.asMono().thenReturn(answer.getBytes(UTF_8)));
              })
          .bindNow();

  /** Scheme and authority, without a trailing slash. */
  String baseUrl() {
    return "http://127.0.0.1:" + server.port();
  }

  /** Waits until that many requests have arrived in all. */
  void awaitRequests(int count) {
    requests.await(arrived -> arrived >= count);
  }

  int requests() {
    return requests.get();
  }

  int requests(String url) {
    var count = requestsByUrl.get(url);
    return count == null ? 0 : count.get();
  }

  /** Lets all answers go, those to come included. */
  void release() {
    barrier.tryEmitValue(true).orThrow();
  }

  private String arrive(String url) {
    var nth = requestsByUrl.computeIfAbsent(url, first -> new AtomicInteger()).incrementAndGet();
    requests.add(1);
    return "answer " + nth + " to " + url;
  }

  @Override
  public void close() {
    server.disposeNow();
  }
}
