package dev.holdfast.origin;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * {@code http.client.requests}, with the tags that Spring's clients give it: each try of a fetch,
 * until its head is there.
 *
 * <p>The origin is the {@code client.name}; {@code uri} is always the same, so that paths make no
 * time series.
 */
final class ClientTimer {

  private static final Set<String> KNOWN_METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE");

  private final MeterRegistry registry;
  private final String origin;

  ClientTimer(MeterRegistry registry, String origin) {
    this.registry = registry;
    this.origin = origin;
  }

  /** A try that begins now. */
  Try begin(String method) {
    return new Try(method);
  }

  /** One try; only the first of its ends counts. */
  final class Try {
    private final String method;
    private final Timer.Sample sample = Timer.start(registry);
    private final AtomicBoolean ended = new AtomicBoolean();

    private Try(String method) {
      this.method = KNOWN_METHODS.contains(method) ? method : "OTHER";
    }

    void head(int status) {
      end(Integer.toString(status), outcome(status), "none");
    }

    void failed(Throwable failure) {
      end("UNKNOWN", "UNKNOWN", failure.getClass().getSimpleName());
    }

    void cancelled() {
      end("UNKNOWN", "UNKNOWN", "CancellationException");
    }

    private void end(String status, String outcome, String exception) {
      if (ended.compareAndSet(false, true)) {
        sample.stop(
            Timer.builder("http.client.requests")
                .tag("client.name", origin)
                .tag("method", method)
                .tag("status", status)
                .tag("outcome", outcome)
                .tag("exception", exception)
                .tag("uri", "/**")
                .register(registry));
      }
    }
  }

  private static String outcome(int status) {
    return switch (status / 100) {
      case 2 -> "SUCCESS";
      case 3 -> "REDIRECTION";
      case 4 -> "CLIENT_ERROR";
      case 5 -> "SERVER_ERROR";
      default -> "UNKNOWN";
    };
  }
}
