package dev.holdfast.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TagsTest {

  @Test
  void noField_noTags() {
    assertThat(Tags.of(Fields.of("Cache-Control", "max-age=60"))).isEmpty();
  }

  @Test
  void surrogateKey_isPartedBySpaces() {
    assertThat(Tags.of(Fields.of("Surrogate-Key", " item-1  items,all\tblue ")))
        .containsExactlyInAnyOrder("item-1", "items,all", "blue");
  }

  @Test
  void cacheTag_isPartedByCommas() {
    assertThat(Tags.of(Fields.of("Cache-Tag", "item 1, items,,blue ,")))
        .containsExactlyInAnyOrder("item 1", "items", "blue");
  }

  @Test
  void severalLinesAndBothFields_areOneSet() {
    assertThat(
            Tags.of(
                Fields.of(
                    "surrogate-key", "a b", "CACHE-TAG", "b,c", "Surrogate-Key", "d", "X", "e")))
        .containsExactlyInAnyOrder("a", "b", "c", "d");
  }

  @Test
  void caseOfATag_counts() {
    assertThat(Tags.of(Fields.of("Cache-Tag", "Blue,blue")))
        .containsExactlyInAnyOrder("Blue", "blue");
  }

  @Test
  void emptyField_noTags() {
    assertThat(Tags.of(Fields.of("Cache-Tag", "", "Surrogate-Key", " "))).isEmpty();
  }

  @Test
  void removed_leaveTheRestAsItIs() {
    Fields plain = Fields.of("Age", "1", "X", "2");
    ResponseHead tagged =
        new ResponseHead(
            200,
            "OK",
            Fields.of("Age", "1", "surrogate-key", "a", "CACHE-TAG", "b", "X", "2"),
            "1.1");
    ResponseHead untagged = new ResponseHead(200, "OK", plain, "1.1");

    assertThat(Tags.removedFrom(tagged)).isEqualTo(untagged);
    assertThat(Tags.removedFrom(untagged)).isSameAs(untagged);
  }
}
