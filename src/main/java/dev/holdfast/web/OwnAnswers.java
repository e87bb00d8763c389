package dev.holdfast.web;

import dev.holdfast.http.CacheStatus;
import dev.holdfast.http.Fields;
import dev.holdfast.http.ResponseHead;
import dev.holdfast.service.Answer;
import io.netty.buffer.Unpooled;
import reactor.core.publisher.Flux;

/** Answers with a body that no origin has sent. */
final class OwnAnswers {

  private OwnAnswers() {}

  /**
   * A 200.
   *
   * @param fields without the body's length
   * @param detail what {@code Cache-Status} says
   * @param version of HTTP, as {@code Via} writes it
   */
  static Answer ok(Fields fields, byte[] body, String detail, String version) {
    Fields.Builder all = Fields.builder().addAll(fields);
    all.add("Content-Length", Integer.toString(body.length));
    return new Answer.Response(
        new ResponseHead(200, "OK", all.build(), version),
        null,
        CacheStatus.refused(detail),
        Flux.defer(() -> Flux.just(Unpooled.wrappedBuffer(body))));
  }
}
