package dev.holdfast.http;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The field lines of one message, in the order and the spelling in which they came (RFC 9110 §5).
 *
 * <p>Names are compared without regard to case; values are kept as sent, obs-text included, one
 * character per octet. Immutable.
 */
public final class Fields {

  /** No field at all. */
  public static final Fields EMPTY = new Fields(new String[0]);

  private final String[] namesAndValues;

  private Fields(String[] namesAndValues) {
    this.namesAndValues = namesAndValues;
  }

  /** Fields of alternating names and values. */
  public static Fields of(String... namesAndValues) {
    if (namesAndValues.length % 2 != 0) {
      throw new IllegalArgumentException("names and values must alternate");
    }
    return namesAndValues.length == 0 ? EMPTY : new Fields(namesAndValues.clone());
  }

  /** A builder that appends field lines. */
  public static Builder builder() {
    return new Builder();
  }

  /** The number of field lines. */
  public int size() {
    return namesAndValues.length / 2;
  }

  /** The value of the first line of that name, or {@code null}. */
  public @Nullable String first(String name) {
    for (int i = 0; i < namesAndValues.length; i += 2) {
      if (namesAndValues[i].equalsIgnoreCase(name)) {
        return namesAndValues[i + 1];
      }
    }
    return null;
  }

  /** Whether there is a line of that name. */
  public boolean contains(String name) {
    return first(name) != null;
  }

  /** The values of all lines of that name, in order. */
  public List<String> all(String name) {
    List<String> values = new ArrayList<>(2);
    forEach(
        (fieldName, value) -> {
          if (fieldName.equalsIgnoreCase(name)) {
            values.add(value);
          }
        });
    return values;
  }

  /** The lines of that name combined with commas (RFC 9110 §5.3), or {@code null} if none. */
  public @Nullable String combined(String name) {
    List<String> values = all(name);
    return values.isEmpty() ? null : String.join(", ", values);
  }

  /** The members of a list-based field (RFC 9110 §5.6.1) in lower case, without empty ones. */
  public List<String> members(String name) {
    List<String> members = new ArrayList<>();
    for (String line : all(name)) {
      for (String member : line.split(",", -1)) {
        String trimmed = member.strip();
        if (!trimmed.isEmpty()) {
          members.add(trimmed.toLowerCase(Locale.ROOT));
        }
      }
    }
    return members;
  }

  /** These fields without those whose name, as spelt here, the predicate accepts. */
  public Fields without(Predicate<String> name) {
    Builder kept = builder();
    forEach(
        (fieldName, value) -> {
          if (!name.test(fieldName)) {
            kept.add(fieldName, value);
          }
        });
    return kept.build();
  }

  /** These fields without those of the names, which are in lower case. */
  public Fields without(Set<String> lowerCaseNames) {
    return without(isAnyOf(lowerCaseNames));
  }

  /** These fields but for those of other names; the given ones are in lower case. */
  public Fields only(Set<String> lowerCaseNames) {
    return without(isAnyOf(lowerCaseNames).negate());
  }

  private static Predicate<String> isAnyOf(Set<String> lowerCaseNames) {
    return name -> lowerCaseNames.contains(name.toLowerCase(Locale.ROOT));
  }

  /** Calls the consumer with each name and value, in order. */
  public void forEach(BiConsumer<String, String> line) {
    for (int i = 0; i < namesAndValues.length; i += 2) {
      line.accept(namesAndValues[i], namesAndValues[i + 1]);
    }
  }

  /** What the fields take of the heap. */
  int weightBytes() {
    int weight = HeapBytes.ofObject(4) + HeapBytes.ofReferences(namesAndValues.length);
    for (String part : namesAndValues) {
      weight += HeapBytes.ofString(part);
    }
    return weight;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Fields fields && Arrays.equals(namesAndValues, fields.namesAndValues);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(namesAndValues);
  }

  @Override
  public String toString() {
    return Arrays.toString(namesAndValues);
  }

  /** Appends field lines; not safe for use by several threads. */
  public static final class Builder {
    private final List<String> namesAndValues = new ArrayList<>();

    private Builder() {}

    /** Appends one line. */
    public Builder add(String name, String value) {
      namesAndValues.add(name);
      namesAndValues.add(value);
      return this;
    }

    /** Appends all lines of the other fields. */
    public Builder addAll(Fields fields) {
      namesAndValues.addAll(Arrays.asList(fields.namesAndValues));
      return this;
    }

    /** The fields appended so far. */
    public Fields build() {
      return namesAndValues.isEmpty() ? EMPTY : new Fields(namesAndValues.toArray(new String[0]));
    }
  }
}
