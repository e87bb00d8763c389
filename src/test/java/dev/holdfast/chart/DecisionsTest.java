package dev.holdfast.chart;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** What the chart decides by itself, each beside the case in which it does not. */
class DecisionsTest {

  @Test
  void budget_isThereOnlyForMoreThanOnePod() {
    assertThat(release("minimal").all(PodDisruptionBudget.class)).hasSize(1);
    assertThat(release("autoscaling").all(PodDisruptionBudget.class)).hasSize(1);
    assertThat(release("single-replica").all(PodDisruptionBudget.class)).isEmpty();
  }

  @Test
  void replicas_areTheAutoscalersWhereThereIsOne() {
    var scaled = release("autoscaling");
    assertThat(scaled.only(Deployment.class).getSpec().getReplicas()).isNull();
    assertThat(scaled.only(HorizontalPodAutoscaler.class).getSpec().getScaleTargetRef().getName())
        .isEqualTo(scaled.only(Deployment.class).getMetadata().getName());
    assertThat(release("minimal").only(Deployment.class).getSpec().getReplicas()).isEqualTo(2);
  }

  @Test
  void egress_isOpenToTheOriginsPortsOnly() {
    var closed = release("network-closed").only(NetworkPolicy.class).getSpec();
    assertThat(closed.getPolicyTypes()).containsExactly("Ingress", "Egress");
    assertThat(closed.getEgress().get(1).getPorts())
        .extracting(port -> port.getPort().getIntVal())
        .containsExactly(9000, 80, 443, 4318, 8443);
    assertThat(release("minimal").only(NetworkPolicy.class).getSpec().getPolicyTypes())
        .containsExactly("Ingress");
  }

  @Test
  void operatorsPort_isOpenToNobodyUnlessNamed() {
    assertThat(release("minimal").only(NetworkPolicy.class).getSpec().getIngress())
        .hasSize(1)
        .allSatisfy(
            rule -> assertThat(rule.getPorts().get(0).getPort().getStrVal()).isEqualTo("http"));
    assertThat(release("monitoring").only(NetworkPolicy.class).getSpec().getIngress()).hasSize(2);
  }

  @Test
  void serviceMonitor_findsTheOperatorsService() {
    var release = release("monitoring");
    var monitor = release.only(Strict.ServiceMonitor.class).spec();
    assertThat(release.service("shop-holdfast-management").getMetadata().getLabels())
        .containsAllEntriesOf(monitor.selector().matchLabels());
    assertThat(release.service("shop-holdfast").getMetadata().getLabels().entrySet())
        .as("the callers' Service is not scraped")
        .isNotEmpty()
        .matches(labels -> !labels.containsAll(monitor.selector().matchLabels().entrySet()));
    assertThat(monitor.endpoints().get(0).port())
        .isEqualTo(
            release.service("shop-holdfast-management").getSpec().getPorts().get(0).getName());
  }

  @Test
  void alertsAndDashboard_areTheFilesToTheLetter() throws IOException {
    var release = release("monitoring");
    var rules = new Yaml().load(Files.readString(Chart.FOLDER.resolve("rules/holdfast.yaml")));
    assertThat(
            Chart.documents(Chart.render(Chart.values("monitoring"))).stream()
                .filter(document -> "PrometheusRule".equals(document.get("kind")))
                .map(document -> document.get("spec")))
        .containsExactly(rules);
    assertThat(release.only(Strict.PrometheusRule.class).toString()).contains("{{ $labels.");
    assertThat(release.all(ConfigMap.class))
        .filteredOn(map -> map.getData().containsKey("holdfast.json"))
        .singleElement()
        .extracting(map -> map.getData().getOrDefault("holdfast.json", "").strip())
        .isEqualTo(Files.readString(Chart.FOLDER.resolve("dashboards/holdfast.json")).strip());
  }

  @Test
  void changedConfiguration_rollsThePods() {
    assertThat(checksum("minimal")).isNotEqualTo(checksum("secrets")).hasSize(64);
    assertThat(checksum("minimal")).isEqualTo(checksum("single-replica"));
  }

  @Test
  void helmTest_isAHook() throws IOException {
    assertThat(Files.readString(Chart.FOLDER.resolve("templates/tests/cache.yaml")))
        .contains("    helm.sh/hook: test\n");
    assertThat(release("placement").only(Pod.class).getSpec().getContainers().get(0).getEnv())
        .extracting(variable -> variable.getValue())
        .containsExactly("http://shop-holdfast:8080", "/items/1?lang=en");
  }

  private static String checksum(String values) {
    return release(values)
        .only(Deployment.class)
        .getSpec()
        .getTemplate()
        .getMetadata()
        .getAnnotations()
        .getOrDefault("checksum/config", "");
  }

  private static Release release(String values) {
    return Release.of(Chart.values(values));
  }
}
