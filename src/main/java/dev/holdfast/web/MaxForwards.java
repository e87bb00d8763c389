package dev.holdfast.web;

import dev.holdfast.http.Fields;
import dev.holdfast.http.RequestHead;
import dev.holdfast.service.Answer;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How many more hops a {@code TRACE} or {@code OPTIONS} may take (RFC 9110 §7.6.2). */
final class MaxForwards {

  private static final String NAME = "Max-Forwards";
  private static final Set<String> METHODS = Set.of("TRACE", "OPTIONS");

  /** Digits only, and no more of them than a {@code long} holds. */
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

  /** What {@code TRACE} does not show (RFC 9110 §9.3.8). */
  private static final Set<String> SECRET =
      Set.of("authorization", "proxy-authorization", "cookie");

  private MaxForwards() {}

  /** The answer to a request that may go no further, or {@code null}: it may. */
  static @Nullable Answer answer(RequestHead head, Fields fields) {
    if (remaining(head) != 0) {
      return null;
    }
    boolean trace = head.method().equals("TRACE");
    byte[] body = (trace ? message(head, fields) : "").getBytes(StandardCharsets.ISO_8859_1);
    Fields own = trace ? Fields.of("Content-Type", "message/http") : Fields.EMPTY;
    return OwnAnswers.ok(own, body, "max-forwards", head.version());
  }

  /** The head to forward, with one hop less. */
  static RequestHead lessOne(RequestHead head) {
    long remaining = remaining(head);
    if (remaining < 0) {
      return head;
    }
    Fields fields =
        Fields.builder()
            .addAll(head.fields().without(NAME::equalsIgnoreCase))
            .add(NAME, Long.toString(remaining - 1))
            .build();
    return new RequestHead(head.method(), head.target(), fields, head.version());
  }

  /** -1 where there is no limit, or none that can be read. */
  private static long remaining(RequestHead head) {
    String value = METHODS.contains(head.method()) ? head.fields().first(NAME) : null;
    return value != null && NUMBER.matcher(value).matches() ? Long.parseLong(value) : -1;
  }

  /** The request as it came. */
  private static String message(RequestHead head, Fields fields) {
    StringBuilder message = new StringBuilder("TRACE ").append(head.target());
    message.append(" HTTP/").append(head.version()).append("\r\n");
    fields
        .without(SECRET)
        .forEach((name, value) -> message.append(name).append(": ").append(value).append("\r\n"));
    return message.append("\r\n").toString();
  }
}
