package dev.holdfast.fill;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Law 6: what stored responses are said to take is what they take.
 *
 * <p>In a JVM of its own: in this one each buffer drags along what leak detection notes of it.
 */
class WeighingTest {

  @ParameterizedTest(name = "{0} responses of {1} bytes, length known: {2}")
  @CsvSource({
    "20000, 100, true",
    "5000, 10000, false",
    "300, 1000000, true", // enough that what the JVM takes for itself, some 40 kB, is little
    "300, 1000000, false"
  })
  void account_isTrueToWhatIsUsed(int responses, int bodyBytes, boolean lengthKnown)
      throws Exception {
    String[] printed = weigh(responses, bodyBytes, lengthKnown).strip().split(" ", -1);
    double accounted = Double.parseDouble(printed[0]);
    double heap = Double.parseDouble(printed[1]);
    double outside = Double.parseDouble(printed[2]);

    assertThat(outside).isGreaterThanOrEqualTo((double) responses * bodyBytes);
    assertThat(accounted / (heap + outside)).isBetween(0.85, 1.15);
    assertThat((accounted - outside) / heap).as("all but the bodies' bytes").isBetween(0.85, 1.15);
  }

  private static String weigh(Object... arguments) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-XX:MaxDirectMemorySize=512m",
                "-Dio.netty.leakDetection.level=disabled",
                "-cp",
                System.getProperty("java.class.path"),
                Weighing.class.getName()));
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    Process weighing = new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
    String printed = new String(weighing.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(weighing.waitFor()).isZero();
    return printed.lines().reduce("", (before, line) -> line);
  }
}
