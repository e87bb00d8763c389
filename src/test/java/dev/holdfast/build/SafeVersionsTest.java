package dev.holdfast.build;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.HttpObjectDecoder;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Objects;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.core.SpringVersion;
import org.springframework.security.core.SpringSecurityCoreVersion;
import tools.jackson.core.json.PackageVersion;

/**
 * The lowest versions of what meets callers' bytes that have no hole known which Holdfast would be
 * open to; raised with each that becomes known.
 */
class SafeVersionsTest {

  /**
   * CVE-2026-89044: a {@code Transfer-Encoding} whose last coding is not chunked is read as chunked
   * up to 4.2.17, which lets requests be smuggled. Below that lie CVE-2026-50020 (control
   * characters ahead of a request line, fixed in 4.2.15), CVE-2026-42581 and -42584 (framing by
   * both fields in HTTP/1.0; responses taken for those of other requests, 4.2.13), CVE-2026-33870
   * and -33871 (quoted chunk extensions; floods of CONTINUATION frames, 4.2.10).
   */
  private static final String NETTY = "4.2.18";

  /** CVE-2026-22740: parts of bodies stay behind in temporary files up to 7.0.6. */
  private static final String SPRING = "7.0.7";

  /** CVE-2026-22732: under some conditions its headers are not written, up to 7.0.3. */
  private static final String SPRING_SECURITY = "7.0.4";

  /** GHSA-2m67-wjpj-xhg9: the limit of a document's length is passed over up to 3.1.0. */
  private static final String JACKSON = "3.1.1";

  @Test
  void netty_isSafe() throws IOException {
    Properties versions = new Properties();
    try (InputStream file =
        HttpObjectDecoder.class.getResourceAsStream("/META-INF/io.netty.versions.properties")) {
      versions.load(Objects.requireNonNull(file));
    }
    isAtLeast(NETTY, versions.getProperty("netty-codec-http.version", "none"));
  }

  @Test
  void spring_isSafe() {
    isAtLeast(SPRING, Objects.requireNonNull(SpringVersion.getVersion()));
    isAtLeast(SPRING_SECURITY, Objects.requireNonNull(SpringSecurityCoreVersion.getVersion()));
  }

  @Test
  void jackson_isSafe() {
    isAtLeast(JACKSON, PackageVersion.VERSION.toString());
  }

  @ParameterizedTest
  @CsvSource({"4.2.18, 4.2.9.Final", "4.2.18, 4.1.140", "3.1.1, 2.99.99", "7.0.7, 7.0.6"})
  void versionBelow_isFoundOut(String lowest, String present) {
    assertThat(compare(lowest, present)).isPositive();
  }

  private static void isAtLeast(String lowest, String present) {
    assertThat(compare(lowest, present))
        .as("%s is needed, %s is here", lowest, present)
        .isLessThan(1);
  }

  private static int compare(String one, String other) {
    return Arrays.compare(numbers(one), numbers(other));
  }

  private static int[] numbers(String version) {
    return Arrays.stream(version.split("[.-]")).limit(3).mapToInt(Integer::parseInt).toArray();
  }
}
