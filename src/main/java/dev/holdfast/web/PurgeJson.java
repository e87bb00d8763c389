package dev.holdfast.web;

import dev.holdfast.purge.IllegalPurgeException;
import dev.holdfast.purge.Purge;
import dev.holdfast.purge.Purged;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.json.JsonMapper;

/** Purges as JSON: strictly, for what is not understood might have made one narrower. */
final class PurgeJson {

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(
              DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
              DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private static final String FIELDS = "origin, path, prefix, tags, mode and refresh";

  /** As it is written. */
  private record Written(
      @Nullable String origin,
      @Nullable String path,
      @Nullable String prefix,
      @Nullable List<String> tags,
      @Nullable String mode,
      @Nullable Boolean refresh) {}

  private PurgeJson() {}

  /**
   * What a body asks for.
   *
   * @throws IllegalPurgeException if it is no purge
   */
  static Purge read(byte[] body) {
    Written written;
    try {
      written = JSON.readValue(body, Written.class);
    } catch (UnrecognizedPropertyException unknown) {
      throw new IllegalPurgeException(
          "it has no field \"" + unknown.getPropertyName() + "\": there are " + FIELDS);
    } catch (DatabindException wrong) {
      List<JacksonException.Reference> path = wrong.getPath();
      throw new IllegalPurgeException(
          path.isEmpty()
              ? "its body is no JSON object with " + FIELDS
              : "its " + path.get(0).getPropertyName() + " is of another type");
    } catch (JacksonException malformed) {
      throw new IllegalPurgeException("its body is no JSON: " + malformed.getOriginalMessage());
    }
    if (written == null) {
      throw new IllegalPurgeException("its body is no JSON object with " + FIELDS);
    }
    return Purge.asWritten(
        written.origin, written.path, written.prefix, written.tags, written.mode, written.refresh);
  }

  /** The purge as it was understood, and what it hit. */
  static byte[] write(Purged purged) {
    Purge purge = purged.purge();
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("origin", purge.origin());
    members.put("path", purge.path());
    members.put("prefix", purge.prefix());
    members.put("tags", purge.tags());
    members.put("mode", purge.mode().token());
    members.put("hit", purged.hit());
    members.values().removeIf(value -> value == null);
    return JSON.writeValueAsBytes(members);
  }
}
