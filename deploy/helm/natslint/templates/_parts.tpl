{{- /* What several objects say alike: names, labels, the security of pods. */ -}}

{{- define "natslint.fullname" -}}
{{- $name := default .Chart.Name .Values.nameOverride -}}
{{- $full := contains $name .Release.Name | ternary .Release.Name (printf "%s-%s" .Release.Name $name) -}}
{{- default $full .Values.fullnameOverride | trunc 40 | trimSuffix "-" -}}
{{- end }}

{{- /* Of a part, `list . "admission"`. */ -}}
{{- define "natslint.selector" -}}
app.kubernetes.io/name: {{ default (index . 0).Chart.Name (index . 0).Values.nameOverride }}
app.kubernetes.io/instance: {{ (index . 0).Release.Name }}
app.kubernetes.io/component: {{ index . 1 }}
{{- end }}

{{- define "natslint.labels" -}}
{{ include "natslint.selector" . }}
app.kubernetes.io/version: {{ (index . 0).Chart.AppVersion | quote }}
app.kubernetes.io/part-of: natslint
app.kubernetes.io/managed-by: {{ (index . 0).Release.Service }}
helm.sh/chart: {{ printf "%s-%s" (index . 0).Chart.Name (index . 0).Chart.Version | replace "+" "_" }}
{{- end }}

{{- define "natslint.image" -}}
{{- with .Values.image -}}
{{ .repository }}:{{ default $.Chart.AppVersion .tag }}{{ with .digest }}@{{ . }}{{ end }}
{{- end -}}
{{- end }}

{{- /* "restricted" of the Pod Security Standards. The user is the image's own. */ -}}
{{- define "natslint.podSecurity" -}}
runAsNonRoot: true
runAsUser: 65532
runAsGroup: 65532
fsGroup: 65532
seccompProfile:
  type: RuntimeDefault
{{- end }}

{{- define "natslint.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end }}

{{- /* Where pods go: not all on one node, not all in one zone, and where the values want them. */ -}}
{{- define "natslint.placement" -}}
topologySpreadConstraints:
  {{- range list "kubernetes.io/hostname" "topology.kubernetes.io/zone" }}
  - maxSkew: 1
    topologyKey: {{ . }}
    whenUnsatisfiable: ScheduleAnyway
    labelSelector:
      matchLabels:
        {{- include "natslint.selector" (list $.root $.part) | nindent 8 }}
  {{- end }}
{{- with .values.priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
{{- with .values.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .values.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .values.affinity }}
affinity:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{- define "natslint.admission.name" -}}
{{ include "natslint.fullname" . }}-admission
{{- end }}

{{- define "natslint.admission.secretName" -}}
{{- if eq .Values.admission.certificates.source "secret" -}}
{{ .Values.admission.certificates.secretName }}
{{- else -}}
{{ include "natslint.admission.name" . }}-tls
{{- end -}}
{{- end }}

{{- /* "true" where it speaks to the API server; else it has no account's token. */ -}}
{{- define "natslint.admission.asksApiServer" -}}
{{- if or .Values.admission.clusterState (eq .Values.admission.certificates.source "self-managed") -}}true{{- end -}}
{{- end }}
