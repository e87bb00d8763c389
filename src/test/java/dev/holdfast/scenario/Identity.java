package dev.holdfast.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Who asks, as far as an origin can see it. */
record Identity(@Nullable String authorization, @Nullable String cookie, String language) {

  private static final List<String> NAMES = List.of("ann", "bob");

  /** Of ten, four say nothing of who they are. */
  static Identity drawn(Random random) {
    var name = NAMES.get(random.nextInt(NAMES.size()));
    var how = random.nextInt(10);
    return new Identity(
        how >= 4 && how <= 7 ? "Bearer " + name : null,
        how >= 7 ? "user=" + name : null,
        random.nextInt(3) == 0 ? "de" : "en");
  }

  static Identity of(Request request) {
    return new Identity(
        request.header("Authorization"),
        request.header("Cookie"),
        Objects.requireNonNull(request.header("Accept-Language")));
  }

  List<String> fields() {
    var fields = new ArrayList<>(List.of("Accept-Language: " + language));
    if (authorization != null) {
      fields.add("Authorization: " + authorization);
    }
    if (cookie != null) {
      fields.add("Cookie: " + cookie);
    }
    return fields;
  }

  /** The value of one of the three fields. */
  @Nullable String field(String name) {
    return switch (name) {
      case "Authorization" -> authorization;
      case "Cookie" -> cookie;
      default -> language;
    };
  }

  boolean isAnonymous() {
    return authorization == null && cookie == null;
  }
}
