{{- /* What every pod is: our image, nothing writable but its own folders, secrets by reference. */ -}}
{{- define "orderflow.container" }}
image: {{ .root.Values.image }}
args: {{ toJson .command }}
envFrom:
  - secretRef: {name: {{ .root.Values.secret }}}
env:
  {{- range $name, $value := .root.Values.environment }}
  - {name: {{ $name }}, value: {{ $value | quote }}}
  {{- end }}
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities: {drop: [ALL]}
volumeMounts:
  - {name: tmp, mountPath: /tmp}
  - {name: home, mountPath: /home/orderflow}
  - {name: settings, mountPath: /home/orderflow/orderflow.toml, subPath: orderflow.toml, readOnly: true}
  - {name: key, mountPath: /home/orderflow/secret.key, subPath: secret.key, readOnly: true}
  - {name: mail, mountPath: /mail}
{{- end }}

{{- define "orderflow.pod" }}
automountServiceAccountToken: false
securityContext: {runAsNonRoot: true, runAsUser: 10001, fsGroup: 10001}
volumes:
  - {name: tmp, emptyDir: {}}
  - {name: home, emptyDir: {}}
  - {name: settings, configMap: {name: {{ .Values.settings }}}}
  - {name: key, secret: {secretName: {{ .Values.keySecret }}, defaultMode: 0440}}
  - {name: mail, persistentVolumeClaim: {claimName: {{ .Values.mailClaim }}}}
{{- end }}
