{{- /* A quantity of Kubernetes in bytes; nothing if it is none that is read here. */}}
{{- define "holdfast.quantityBytes" -}}
{{- $text := kindIs "string" . | ternary (toString .) (printf "%.0f" (float64 .)) }}
{{- if regexMatch "^[0-9]+(\\.[0-9]+)?(Ki|Mi|Gi|Ti|k|M|G|T)?$" $text }}
{{- $units := dict "" 1 "k" 1000 "M" 1000000 "G" 1000000000 "T" 1000000000000 "Ki" 1024 "Mi" 1048576 "Gi" 1073741824 "Ti" 1099511627776 }}
{{- $unit := regexFind "[A-Za-z]*$" $text }}
{{- mulf (float64 (trimSuffix $unit $text)) (float64 (get $units $unit)) | int64 }}
{{- end }}
{{- end }}

{{- /* A size as Spring reads it (256MB) in bytes; the schema holds its form. */}}
{{- define "holdfast.sizeBytes" -}}
{{- $units := dict "B" 1 "KB" 1024 "MB" 1048576 "GB" 1073741824 "TB" 1099511627776 }}
{{- mul (regexFind "^[0-9]+" . | int64) (regexFind "[A-Z]+$" . | get $units | int64) }}
{{- end }}

{{- /* What the memory limit is divided into, in MiB but for the two sizes: see README.md, Memory. */}}
{{- define "holdfast.memory" -}}
{{- $limit := include "holdfast.quantityBytes" .Values.resources.limits.memory }}
{{- if not $limit }}
{{- fail (printf "resources.limits.memory: %v is not understood; write a number with Mi, Gi, M or G, such as 1Gi" .Values.resources.limits.memory) }}
{{- end }}
{{- $limit = int64 $limit }}
{{- $heap := div (mul $limit (int64 .Values.memory.heapPercent)) 104857600 }}
{{- $direct := div (mul $limit (int64 .Values.memory.directPercent)) 104857600 }}
{{- $rest := sub (div $limit 1048576) (add $heap $direct) }}
{{- if lt $rest 224 }}
{{- fail (printf "resources.limits.memory: of %v only %d MiB are left beside the heap (%d MiB) and the memory for bodies (%d MiB), and the JVM itself needs 224; write a larger limit, such as 1Gi, or less for memory.heapPercent or memory.directPercent" .Values.resources.limits.memory $rest $heap $direct) }}
{{- end }}
{{- $cache := index .Values.holdfast "cache" }}
{{- $max := default (printf "%dMB" (div (mul $direct 70) 100)) (index $cache "max-memory") }}
{{- $inFlight := default (printf "%dMB" (div (mul $direct 20) 100)) (index $cache "max-in-flight-memory") }}
{{- $wanted := add (include "holdfast.sizeBytes" $max | int64) (include "holdfast.sizeBytes" $inFlight | int64) }}
{{- if gt $wanted (mul $direct 1048576) }}
{{- fail (printf "holdfast.cache.max-memory: %s and %s of holdfast.cache.max-in-flight-memory are more than the %d MiB outside the heap; write less, or more for resources.limits.memory or memory.directPercent" $max $inFlight $direct) }}
{{- end }}
heap: {{ $heap }}
direct: {{ $direct }}
maxMemory: {{ $max }}
maxInFlightMemory: {{ $inFlight }}
{{- end }}
