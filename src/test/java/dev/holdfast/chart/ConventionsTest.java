package dev.holdfast.chart;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds of every release, whatever its values. */
class ConventionsTest {

  private static final String VALUES = "dev.holdfast.chart.Chart#values()";

  @ParameterizedTest(name = "{0}")
  @MethodSource(VALUES)
  void everyPod_meetsTheRestrictedProfile(String name, Path values) {
    assertThat(Release.of(values).pods())
        .as(name)
        .hasSize(2)
        .allSatisfy(ConventionsTest::restricted);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource(VALUES)
  void everyContainer_hasALimitOnMemory(String name, Path values) {
    assertThat(Release.of(values).pods())
        .as(name)
        .allSatisfy(
            pod -> {
              var resources = pod.getContainers().get(0).getResources();
              assertThat(resources.getLimits()).containsKey("memory");
              assertThat(resources.getRequests())
                  .containsKey("cpu")
                  .containsEntry("memory", resources.getLimits().get("memory"));
            });
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource(VALUES)
  void probes_askTheCallersPort(String name, Path values) {
    var container = Release.of(values).container();
    assertThat(container.getPorts().get(0).getName()).as(name).isEqualTo("http");
    assertThat(container.getPorts().get(0).getContainerPort()).isEqualTo(8080);
    var scheme = name.equals("tls") ? "HTTPS" : "HTTP";
    Map.of(
            container.getStartupProbe(), "/livez",
            container.getLivenessProbe(), "/livez",
            container.getReadinessProbe(), "/readyz")
        .forEach(
            (probe, path) -> {
              assertThat(probe.getHttpGet().getPath()).isEqualTo(path);
              assertThat(probe.getHttpGet().getPort()).isEqualTo(new IntOrString("http"));
              assertThat(probe.getHttpGet().getScheme()).isEqualTo(scheme);
            });
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource(VALUES)
  void graceOfThePod_outlastsItsStop(String name, Path values) {
    var release = Release.of(values);
    var lifecycle = release.container().getLifecycle();
    long preStop = lifecycle == null ? 0 : lifecycle.getPreStop().getSleep().getSeconds();
    var phase = release.applicationYaml().replaceAll("(?s).*shutdown-phase: (\\d+)s.*", "$1");
    assertThat(release.pod().getTerminationGracePeriodSeconds())
        .as(name)
        .isGreaterThanOrEqualTo(preStop + Long.parseLong(phase) + 5);
    var delay = release.applicationYaml().replaceAll("(?s).*shutdown-delay: (\\d+)s.*", "$1");
    assertThat(Long.parseLong(delay)).isLessThan(Long.parseLong(phase));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource(VALUES)
  void heapAndBodies_leaveRoomWithinTheLimit(String name, Path values) {
    var release = Release.of(values);
    var limit = release.container().getResources().getLimits().get("memory");
    var options = release.env("JAVA_TOOL_OPTIONS");
    long heap = Long.parseLong(options.replaceAll(".*-Xmx(\\d+)m.*", "$1"));
    long direct = Long.parseLong(options.replaceAll(".*MaxDirectMemorySize=(\\d+)m.*", "$1"));
    long mebibytes = Quantity.getAmountInBytes(limit).longValue() >> 20;
    assertThat(mebibytes - heap - direct).as(name).isGreaterThanOrEqualTo(224);
    assertThat(heap).isGreaterThan(mebibytes / 4);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource(VALUES)
  void everySelector_matchesThePodAndNotTheTests(String name, Path values) {
    var release = Release.of(values);
    var labels = release.podLabels();
    assertThat(release.only(Deployment.class).getSpec().getSelector().getMatchLabels())
        .as(name)
        .hasSize(2)
        .satisfies(selector -> assertThat(labels).containsAllEntriesOf(selector));
    assertThat(release.all(Service.class))
        .hasSize(2)
        .allSatisfy(service -> matches(service.getSpec().getSelector(), release));
    assertThat(release.all(PodDisruptionBudget.class))
        .allSatisfy(budget -> matches(budget.getSpec().getSelector().getMatchLabels(), release));
    assertThat(release.all(NetworkPolicy.class))
        .allSatisfy(policy -> matches(policy.getSpec().getPodSelector().getMatchLabels(), release));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource(VALUES)
  void everyNamedPort_isOneOfTheContainer(String name, Path values) {
    var release = Release.of(values);
    var ports = release.container().getPorts().stream().map(port -> port.getName()).toList();
    assertThat(ports).as(name).containsExactly("http", "management");
    assertThat(release.all(Service.class))
        .flatExtracting(service -> service.getSpec().getPorts())
        .hasSize(2)
        .allSatisfy(port -> assertThat(ports).contains(port.getTargetPort().getStrVal()));
    assertThat(release.all(NetworkPolicy.class))
        .flatExtracting(policy -> policy.getSpec().getIngress())
        .flatExtracting(rule -> rule.getPorts())
        .allSatisfy(port -> assertThat(ports).contains(port.getPort().getStrVal()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource(VALUES)
  void everyMount_hasItsVolume(String name, Path values) {
    var pod = Release.of(values).pod();
    assertThat(pod.getContainers().get(0).getVolumeMounts().stream().map(mount -> mount.getName()))
        .as(name)
        .containsExactlyInAnyOrderElementsOf(
            pod.getVolumes().stream().map(volume -> volume.getName()).toList());
  }

  private static void matches(Map<String, String> selector, Release release) {
    assertThat(selector).hasSizeGreaterThan(1);
    assertThat(release.podLabels()).containsAllEntriesOf(selector);
    assertThat(
            release
                .only(Pod.class)
                .getMetadata()
                .getLabels()
                .entrySet()
                .containsAll(selector.entrySet()))
        .isFalse();
  }

  private static void restricted(PodSpec pod) {
    assertThat(pod.getAutomountServiceAccountToken()).isFalse();
    assertThat(pod.getEnableServiceLinks()).isFalse();
    assertThat(pod.getHostNetwork()).isNull();
    var all = pod.getSecurityContext();
    assertThat(all.getRunAsNonRoot()).isTrue();
    assertThat(all.getRunAsUser()).isEqualTo(65532);
    assertThat(all.getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
    var own = pod.getContainers().get(0).getSecurityContext();
    assertThat(own.getAllowPrivilegeEscalation()).isFalse();
    assertThat(own.getReadOnlyRootFilesystem()).isTrue();
    assertThat(own.getCapabilities().getDrop()).containsExactly("ALL");
    assertThat(own.getCapabilities().getAdd()).isNullOrEmpty();
    assertThat(own.getPrivileged()).isNull();
  }
}
