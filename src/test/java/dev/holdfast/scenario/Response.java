package dev.holdfast.scenario;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** All that came back for one request: interim heads, the final head, the content. */
record Response(List<Head> interim, Head head, Body body) {

  int status() {
    return head.status();
  }

  @Nullable String header(String name) {
    return head.header(name);
  }

  String text() {
    return body.text();
  }

  boolean whole() {
    return body.whole();
  }
}
