import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * An origin, and callers who bring about each result that Holdfast has: {@code java Load.java
 * ORIGIN_PORT CALLERS_PORT}. Runs until it is killed.
 *
 * <p>The origin has {@code /catalog}, which is slow now and then, and {@code /shop}, which fails
 * for some seconds of every two minutes, so that its breaker opens and closes. What it answers
 * needs neither to be the same nor to come as fast in each run: nothing relies on single figures.
 */
final class Load {

  private static final int ROUNDS_A_SECOND = 20;
  private static final Duration PATIENT = Duration.ofSeconds(10);
  private static final Duration IMPATIENT = Duration.ofMillis(150);

  private final Random random = new Random(42);
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final String callers;
  private volatile long began = System.nanoTime();
  private int round;

  private Load(String callers) {
    this.callers = callers;
  }

  public static void main(String[] ports) throws Exception {
    Load load = new Load("http://127.0.0.1:" + ports[1]);
    load.startOrigin(Integer.parseInt(ports[0]));
    load.awaitHoldfast();
    load.began = System.nanoTime();
    Executors.newSingleThreadScheduledExecutor()
        .scheduleAtFixedRate(load::round, 0, 1000 / ROUNDS_A_SECOND, TimeUnit.MILLISECONDS);
  }

  private void awaitHoldfast() throws InterruptedException {
    HttpRequest ready = HttpRequest.newBuilder(URI.create(callers + "/readyz")).build();
    while (client.sendAsync(ready, BodyHandlers.discarding()).handle((ok, no) -> no).join()
        != null) {
      Thread.sleep(100);
    }
  }

  private void round() {
    round++;
    for (int i = 0; i < 3; i++) {
      get("/catalog/items/" + favourite(400), PATIENT); // hits, misses, and what is revalidated
    }
    get("/shop/items/" + favourite(60), PATIENT); // stale ones while it fails, an open breaker
    if (round % 2 == 0) {
      get("/demo/slow?ms=30&page=" + favourite(40), PATIENT);
    }
    if (round % 4 == 0) {
      get("/catalog/account", PATIENT); // passed: it is private
      get("/catalog/reports/" + round, IMPATIENT); // stored although its caller leaves: rescued
    }
    if (round % 10 == 0) {
      for (int i = 0; i < 5; i++) {
        get("/catalog/slow/" + round, PATIENT); // one fetch for five callers
      }
    }
    if (round % 100 == 0) {
      get("/catalog/hangs/" + round, PATIENT); // past caller-timeout and fetch-timeout
    }
  }

  /** Small numbers more often than large ones. */
  private int favourite(int of) {
    return (int) (of * Math.pow(random.nextDouble(), 3));
  }

  private void get(String path, Duration patience) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(callers + path)).timeout(patience).build();
    client.sendAsync(request, BodyHandlers.discarding());
  }

  private void startOrigin(int port) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext("/catalog/items", at -> answer(at, 20, "max-age=5"));
    server.createContext("/catalog/account", at -> answer(at, 5, "private"));
    server.createContext("/catalog/reports", at -> answer(at, 400, "max-age=60"));
    server.createContext("/catalog/slow", at -> answer(at, 250, "max-age=60"));
    server.createContext("/catalog/hangs", at -> answer(at, 5000, "max-age=60"));
    server.createContext("/shop", this::shop);
    server.start();
  }

  private void shop(HttpExchange exchange) throws IOException {
    long second = (System.nanoTime() - began) / 1_000_000_000L;
    if (second % 120 >= 10 && second % 120 < 28) {
      exchange.sendResponseHeaders(503, -1);
      exchange.close();
    } else {
      answer(exchange, 40, "max-age=3, stale-while-revalidate=2, stale-if-error=20");
    }
  }

  private static void answer(HttpExchange exchange, int afterMillis, String cacheControl)
      throws IOException {
    pause(afterMillis);
    int number = exchange.getRequestURI().getPath().hashCode();
    String tag = "\"" + number + "\"";
    exchange.getResponseHeaders().set("Cache-Control", cacheControl);
    exchange.getResponseHeaders().set("ETag", tag);
    if (tag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
      exchange.sendResponseHeaders(304, -1);
    } else {
      byte[] body = new byte[1000 + Math.floorMod(number, 20_000)];
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }

  private static void pause(int millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
