import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/**
 * An origin that takes its time: each path is answered after so many milliseconds, and may be
 * stored for a minute. Run by {@code java SlowOrigin.java PORT MILLISECONDS}.
 */
final class SlowOrigin {

  private SlowOrigin() {}

  public static void main(String[] args) throws IOException {
    var port = Integer.parseInt(args[0]);
    var delay = Long.parseLong(args[1]);
    var calls = new AtomicLong();
    var server = HttpServer.create(new InetSocketAddress(port), 0);
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            Thread.sleep(delay);
            var path = exchange.getRequestURI().getPath();
            var body = ("call " + calls.incrementAndGet() + ": " + path + "\n").getBytes("UTF-8");
            exchange.getResponseHeaders().set("Cache-Control", "max-age=60");
            exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
            if (exchange.getRequestMethod().equals("HEAD")) {
              exchange.sendResponseHeaders(200, -1);
            } else {
              exchange.sendResponseHeaders(200, body.length);
              exchange.getResponseBody().write(body);
            }
          } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
          }
        });
    server.start();
    System.out.println("Origin at port " + port + ", answers after " + delay + " ms");
  }
}
