package dev.holdfast.chart;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

/** What one values file is rendered to, each object of its strict type. */
record Release(List<Object> objects) {

  static Release of(Path values) {
    return parsed(Chart.render(values));
  }

  static Release ofSet(String name, String value) {
    return parsed(Chart.render(name, value));
  }

  private static Release parsed(String rendered) {
    return new Release(Chart.documents(rendered).stream().map(Strict::parse).toList());
  }

  <T> List<T> all(Class<T> type) {
    return objects.stream().filter(type::isInstance).map(type::cast).toList();
  }

  <T> T only(Class<T> type) {
    var all = all(type);
    if (all.size() != 1) {
      throw new AssertionError(all.size() + " of " + type.getSimpleName());
    }
    return all.get(0);
  }

  Service service(String name) {
    return all(Service.class).stream().filter(named(name)).findFirst().orElseThrow();
  }

  PodSpec pod() {
    return only(Deployment.class).getSpec().getTemplate().getSpec();
  }

  Map<String, String> podLabels() {
    return only(Deployment.class).getSpec().getTemplate().getMetadata().getLabels();
  }

  Container container() {
    return pod().getContainers().get(0);
  }

  /** Holdfast's own pods and that of {@code helm test}. */
  List<PodSpec> pods() {
    return List.of(pod(), only(Pod.class).getSpec());
  }

  String env(String name) {
    return container().getEnv().stream()
        .filter(variable -> variable.getName().equals(name))
        .map(EnvVar::getValue)
        .findFirst()
        .orElseThrow();
  }

  String applicationYaml() {
    return all(ConfigMap.class).stream()
        .map(map -> map.getData().get("application.yaml"))
        .filter(Objects::nonNull)
        .findFirst()
        .orElseThrow();
  }

  private static Predicate<HasMetadata> named(String name) {
    return object -> object.getMetadata().getName().equals(name);
  }
}
