package dev.holdfast.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.holdfast.testing.AnyText;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("no input makes what reads it throw, or takes more time than its length is worth")
class AnyInputTest {

  private static final int TEXTS = 5_000;
  private static final int SHORT = 8 << 10;

  /** So many times as long: what is squared takes 256 times as much, what is not about 16 times. */
  private static final int LONGER = 16;

  private static final int TOO_MUCH_MORE = 64;

  /** A reading that takes less than this is not measured: it says nothing. */
  private static final long NOISE_NANOS = 1_000_000;

  /** All that reads what others have written. */
  private enum Reader {
    REQUEST_DIRECTIVES(
        text -> {
          CacheControl directives = CacheControl.ofRequest(Fields.of("Cache-Control", text));
          directives.seconds("max-age");
          directives.isUnqualified("private");
        }),
    RESPONSE_DIRECTIVES(text -> CacheControl.ofResponse(Fields.of("Cache-Control", text))),
    DIRECTIVES_READ_AGAIN(text -> parse(parse(text).toString())),
    TARGETED_DIRECTIVES(text -> CacheControl.ofResponse(Fields.of("CDN-Cache-Control", text))),
    FIELD_NAMES(Directives::fieldNames),
    DELTA_SECONDS(CacheControl::deltaSeconds),
    DIGITS(Digits::parse),
    TOKEN(Token::is),
    QUOTED_STRING(text -> QuotedString.unquoted(QuotedString.quoted(text) + text)),
    QUOTED_STRING_WITHIN(text -> QuotedString.unquoted('"' + text + '"')),
    DATE(HttpDate::parse),
    ENTITY_TAG(text -> EntityTag.parse(text).matchesStrongly(EntityTag.parse("W/" + text))),
    ENTITY_TAGS(text -> EntityTag.parseList(List.of(text, text))),
    RANGES(AnyInputTest::select),
    RANGES_IN_BYTES(text -> select("bytes=" + text)),
    CONTENT_RANGE(ContentRange::parse),
    CONTENT_RANGE_IN_BYTES(text -> ContentRange.parse("bytes " + text)),
    WEIGHT(text -> Weight.parse("q=" + text)),
    ACCEPT(text -> Preferences.normalised("accept", text)),
    ACCEPT_LANGUAGE(text -> Preferences.normalised("accept-language", text)),
    VARY(text -> Selecting.of(Fields.of("Vary", text), Fields.of("Accept", text, text, text))),
    SELECTING(text -> Selecting.by(List.of("x"), Fields.of("X", text)).matches(Fields.EMPTY)),
    MEMBERS(text -> Fields.of("X", text, "X", text).members("x")),
    CONNECTION(text -> HopByHop.removedFrom(Fields.of("Connection", text, text, text))),
    VIA(text -> Via.names(Fields.of("Via", text), "holdfast")),
    SURROGATE_KEY(text -> Tags.of(Fields.of("Surrogate-Key", text))),
    CACHE_TAG(text -> Tags.of(Fields.of("Cache-Tag", text))),
    TRANSFER_ENCODING(text -> TransferEncoding.isNoneButChunked(List.of(text))),
    CONTENT_LENGTH(
        text ->
            new ResponseHead(200, text, Fields.of("Content-Length", text), "1.1").contentLength()),
    TARGET(text -> TargetPath.isAmbiguous(TargetPath.of(text)));

    @SuppressWarnings("ImmutableEnumChecker") // none of them captures anything
    private final Consumer<String> reading;

    Reader(Consumer<String> reading) {
      this.reading = reading;
    }

    /** For how long the thread has worked. */
    long nanos(String text) {
      ThreadMXBean threads = ManagementFactory.getThreadMXBean();
      long before = threads.getCurrentThreadCpuTime();
      reading.accept(text);
      return threads.getCurrentThreadCpuTime() - before;
    }
  }

  @ParameterizedTest
  @EnumSource
  void anyText_isReadWithoutFailure(Reader reader) {
    for (int seed = 0; seed < TEXTS; seed++) {
      String text = AnyText.of(new Random(seed));

      assertThatCode(() -> reader.reading.accept(text))
          .as("seed %d: [%s]", seed, text)
          .doesNotThrowAnyException();
    }
  }

  @ParameterizedTest
  @EnumSource
  void longText_takesNoMoreThanItsShare(Reader reader) {
    for (String opening : List.of("", "a, b=\"")) {
      for (String piece : AnyText.PIECES) {
        String text = piece.repeat(SHORT / piece.length());

        assertThat(takesItsShare(reader, opening + text, opening + text.repeat(LONGER)))
            .as("[%s] and a long run of [%s], against a short one", opening, piece)
            .isTrue();
      }
    }
  }

  /** What else the machine does may delay a reading, but not each of a few. */
  private static boolean takesItsShare(Reader reader, String text, String longer) {
    long share = NOISE_NANOS;
    for (int tries = 0; tries < 3; tries++) {
      share = Math.max(share, reader.nanos(text));
      if (reader.nanos(longer) < TOO_MUCH_MORE * share) {
        return true;
      }
    }
    return false;
  }

  private static CacheControl parse(String text) {
    return CacheControl.parse(List.of(text));
  }

  private static void select(String range) {
    ByteRanges.of(Fields.of("Range", range)).ifPresent(ranges -> ranges.select(10));
  }
}
