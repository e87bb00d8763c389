{{- /* The port of a URL: written, or its scheme's. */}}
{{- define "holdfast.urlPort" -}}
{{- $authority := regexReplaceAll "^https?://([^/]*).*$" . "${1}" }}
{{- if regexMatch ":[0-9]+$" $authority }}
{{- regexFind "[0-9]+$" $authority }}
{{- else }}
{{- ternary "443" "80" (hasPrefix "https:" .) }}
{{- end }}
{{- end }}

{{- /* Where a header's value is, as a file's name. */}}
{{- define "holdfast.headerFile" -}}
{{- printf "header-%s-%s" .origin (lower .header) }}
{{- end }}

{{- /* The origins, with each header's name in brackets, for Spring to keep its characters. */}}
{{- define "holdfast.origins" -}}
{{- $origins := dict }}
{{- range $name, $origin := .Values.holdfast.origins }}
{{- $headers := dict }}
{{- range $header, $value := index $origin "default-request-headers" }}
{{- $_ := set $headers (printf "[%s]" $header) $value }}
{{- end }}
{{- range $.Values.secretRequestHeaders }}
{{- if eq .origin $name }}
{{- $_ := set $headers (printf "[%s]" .header) (printf "${%s}" (include "holdfast.headerFile" .)) }}
{{- end }}
{{- end }}
{{- $copy := omit $origin "default-request-headers" }}
{{- if $headers }}
{{- $_ := set $copy "default-request-headers" $headers }}
{{- end }}
{{- $_ := set $origins $name $copy }}
{{- end }}
{{- toYaml $origins }}
{{- end }}

{{- /* Whether anything is mounted as files under /etc/holdfast/secrets. */}}
{{- define "holdfast.hasSecrets" -}}
{{- if or .Values.purge.existingSecret .Values.secretRequestHeaders }}true{{ end }}
{{- end }}

{{- /* application.yaml: what the chart decides goes over `config`. */}}
{{- define "holdfast.application" -}}
{{- $memory := include "holdfast.memory" . | fromYaml }}
{{- $cache := dict "max-memory" $memory.maxMemory "max-in-flight-memory" $memory.maxInFlightMemory }}
{{- $callers := set (deepCopy .Values.holdfast.callers) "shutdown-delay" (printf "%ds" (int .Values.shutdown.delaySeconds)) }}
{{- $own := dict "name" .Values.holdfast.name "callers" $callers "cache" $cache "origins" (include "holdfast.origins" . | fromYaml) }}
{{- $lifecycle := dict "timeout-per-shutdown-phase" (printf "%ds" (int .Values.shutdown.phaseSeconds)) }}
{{- $spring := dict "lifecycle" $lifecycle }}
{{- $application := dict "holdfast" $own "spring" $spring }}
{{- if .Values.purge.existingSecret }}
{{- $tokens := list }}
{{- range $index, $key := .Values.purge.keys }}
{{- $tokens = append $tokens (printf "${purge-token-%d}" $index) }}
{{- end }}
{{- $_ := set $own "purge" (dict "tokens" $tokens) }}
{{- end }}
{{- if include "holdfast.hasSecrets" . }}
{{- $_ := set $spring "config" (dict "import" "configtree:/etc/holdfast/secrets/") }}
{{- end }}
{{- if .Values.tls.enabled }}
{{- $_ := set $application "server" (dict "ssl" (dict "certificate" "file:/etc/holdfast/tls/tls.crt" "certificate-private-key" "file:/etc/holdfast/tls/tls.key")) }}
{{- $_ := set $application "management" (dict "server" (dict "ssl" (dict "enabled" false))) }}
{{- end }}
{{- if .Values.logging.format }}
{{- $_ := set $application "logging" (dict "structured" (dict "format" (dict "console" .Values.logging.format))) }}
{{- end }}
{{- if .Values.tracing.endpoint }}
{{- $otlp := dict "opentelemetry" (dict "tracing" (dict "export" (dict "otlp" (dict "endpoint" .Values.tracing.endpoint)))) }}
{{- $_ := set $application "management" (mergeOverwrite (default dict $application.management) $otlp) }}
{{- end }}
{{- toYaml (mergeOverwrite (deepCopy .Values.config) $application) }}
{{- end }}
