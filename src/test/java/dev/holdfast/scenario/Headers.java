package dev.holdfast.scenario;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Header fields in the order in which they came. */
record Headers(List<Header> all) {

  static final Headers NONE = new Headers(List.of());

  /** Reads fields up to and with the empty line. */
  static Headers read(InputStream in) throws IOException {
    var fields = new ArrayList<Header>();
    for (var line = Wire.readLine(in); !line.isEmpty(); line = Wire.readLine(in)) {
      fields.add(Header.parse(line));
    }
    return new Headers(List.copyOf(fields));
  }

  /** The first value of the field, in any case; null if there is none. */
  @Nullable String first(String name) {
    var values = values(name);
    return values.isEmpty() ? null : values.get(0);
  }

  List<String> values(String name) {
    return all.stream().filter(h -> h.name().equalsIgnoreCase(name)).map(Header::value).toList();
  }

  boolean has(String name, String value) {
    return values(name).stream().anyMatch(value::equalsIgnoreCase);
  }
}
