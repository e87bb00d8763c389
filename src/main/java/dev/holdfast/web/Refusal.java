package dev.holdfast.web;

import dev.holdfast.service.ProblemType;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import org.jspecify.annotations.Nullable;

/** Why what came on a connection is no request to answer otherwise (RFC 9112). */
record Refusal(ProblemType type, String detail) {

  static Refusal malformed(String detail) {
    return new Refusal(ProblemType.BAD_REQUEST, detail);
  }

  /** That of a head which Netty could not decode. */
  static Refusal of(Throwable failure) {
    if (failure instanceof TooLongHttpLineException) {
      return new Refusal(ProblemType.URI_TOO_LONG, "its first line is longer than may be");
    }
    if (failure instanceof TooLongHttpHeaderException) {
      return new Refusal(ProblemType.HEADER_FIELDS_TOO_LARGE, "its fields are longer than may be");
    }
    return malformed("its head is none of HTTP/1.1");
  }

  /** The refusal of the request with these fields, or {@code null}: it is a caller's own. */
  static @Nullable Refusal of(HttpHeaders fields) {
    return fields instanceof Reason reason ? reason.refusal : null;
  }

  /** A request that stands in for what is refused, to be answered like any other, in its turn. */
  HttpRequest standIn() {
    return new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/", new Reason(this));
  }

  /**
   * No fields: the one part of a request that is the same object on the wire's side and Spring's.
   */
  private static final class Reason extends DefaultHttpHeaders {
    private final Refusal refusal;

    private Reason(Refusal refusal) {
      this.refusal = refusal;
    }
  }
}
