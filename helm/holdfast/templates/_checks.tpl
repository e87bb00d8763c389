{{- /* What the schema cannot see: values that do not go together. Each refusal names what to write. */}}
{{- define "holdfast.checks" -}}
{{- $values := .Values }}
{{- if not $values.holdfast.origins }}
{{- fail "holdfast.origins: no origin is declared, so there is nothing to fetch from; write --set holdfast.origins.catalog.base-url=http://catalog:9000, or the same in a values file" }}
{{- end }}
{{- $prefixes := dict }}
{{- range $name, $origin := $values.holdfast.origins }}
{{- $prefix := default (printf "/%s" $name) (index $origin "path-prefix") }}
{{- if hasKey $prefixes $prefix }}
{{- fail (printf "holdfast.origins.%s.path-prefix: the origin %s has the prefix %s, too; write another" $name (get $prefixes $prefix) $prefix) }}
{{- end }}
{{- $_ := set $prefixes $prefix $name }}
{{- end }}
{{- $headers := dict }}
{{- range $index, $header := $values.secretRequestHeaders }}
{{- $file := include "holdfast.headerFile" $header }}
{{- $origin := get $values.holdfast.origins $header.origin }}
{{- if not $origin }}
{{- fail (printf "secretRequestHeaders[%d].origin: there is no origin %s under holdfast.origins" $index $header.origin) }}
{{- end }}
{{- range $name, $value := index $origin "default-request-headers" }}
{{- if eq (lower $name) (lower $header.header) }}
{{- fail (printf "secretRequestHeaders[%d].header: holdfast.origins.%s.default-request-headers.%s sets it, too; leave one of them out" $index $header.origin $name) }}
{{- end }}
{{- end }}
{{- if hasKey $headers $file }}
{{- fail (printf "secretRequestHeaders[%d].header: %s is there twice for the origin %s" $index $header.header $header.origin) }}
{{- end }}
{{- $_ := set $headers $file true }}
{{- end }}
{{- if and $values.tls.enabled (not $values.tls.existingSecret) }}
{{- fail "tls.existingSecret: write the name of a Secret of type kubernetes.io/tls, or tls.enabled=false" }}
{{- end }}
{{- if le (int $values.shutdown.phaseSeconds) (int $values.shutdown.delaySeconds) }}
{{- fail (printf "shutdown.delaySeconds: %d is not shorter than shutdown.phaseSeconds (%d), within which requests in progress have to end, too; write less" (int $values.shutdown.delaySeconds) (int $values.shutdown.phaseSeconds)) }}
{{- end }}
{{- if and $values.autoscaling.enabled (lt (int $values.autoscaling.maxReplicas) (int $values.autoscaling.minReplicas)) }}
{{- fail (printf "autoscaling.maxReplicas: %d is less than autoscaling.minReplicas (%d); write as many or more" (int $values.autoscaling.maxReplicas) (int $values.autoscaling.minReplicas)) }}
{{- end }}
{{- if and $values.ingress.enabled (not $values.ingress.hosts) }}
{{- fail "ingress.hosts: none is there; write at least one with host and paths, or ingress.enabled=false" }}
{{- end }}
{{- if and $values.serviceMonitor.enabled $values.networkPolicy.enabled (not $values.networkPolicy.management.from) }}
{{- fail "networkPolicy.management.from: nobody may reach the operators' port, Prometheus neither; name its pods, such as namespaceSelector.matchLabels of kubernetes.io/metadata.name=monitoring, or write networkPolicy.enabled=false" }}
{{- end }}
{{- range $path := list "server.port" "server.ssl" "management.server.port" "spring.config" "spring.lifecycle" }}
{{- $at := $values.config }}
{{- range splitList "." $path }}
{{- $at = kindIs "map" $at | ternary $at dict | dig . "" }}
{{- end }}
{{- if $at }}
{{- fail (printf "config.%s: the chart decides it; leave it out (ports are 8080 and 8081; see tls, shutdown.phaseSeconds, purge and secretRequestHeaders)" $path) }}
{{- end }}
{{- end }}
{{- end }}

{{- define "holdfast.graceSeconds" -}}
{{- $least := add (int .Values.shutdown.preStopSeconds) (int .Values.shutdown.phaseSeconds) 5 }}
{{- $grace := .Values.terminationGracePeriodSeconds }}
{{- if kindIs "invalid" $grace }}
{{- $least }}
{{- else if lt (int $grace) (int $least) }}
{{- fail (printf "terminationGracePeriodSeconds: %d is less than shutdown.preStopSeconds + shutdown.phaseSeconds + 5; write %d or more, or leave it out" (int $grace) $least) }}
{{- else }}
{{- int $grace }}
{{- end }}
{{- end }}
