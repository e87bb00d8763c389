package dev.holdfast.config;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class MemoryCheckTest {

  private static final long MIB = 1024 * 1024;
  private static final HoldfastProperties.Cache CACHE =
      new HoldfastProperties.Cache(DataSize.ofMegabytes(100), DataSize.ofMegabytes(50));

  @Test
  void moreThanTheJvmAllows_isRefusedWithTheOptionToSet() {
    assertThatThrownBy(() -> MemoryCheck.check(CACHE, 150 * MIB - 1))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining("holdfast.cache.max-memory")
        .hasMessageContaining("-XX:MaxDirectMemorySize=214m");
  }

  @Test
  void asMuchAsTheJvmAllows_isTaken() {
    assertThatCode(() -> MemoryCheck.check(CACHE, 150 * MIB)).doesNotThrowAnyException();
  }
}
