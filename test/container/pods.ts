import { readdirSync } from 'node:fs';
import { parse } from 'yaml';
import { readText } from './dockerfile.ts';

interface Container {
  readonly name: string;
  readonly image: string;
  readonly command?: readonly string[];
  readonly args: readonly string[];
  readonly env: readonly { readonly name: string; readonly value?: string; readonly valueFrom?: unknown }[];
  readonly securityContext: unknown;
  readonly resources: { readonly requests: unknown; readonly limits: { readonly memory: string } };
  readonly volumeMounts: readonly { readonly name: string; readonly mountPath: string; readonly readOnly?: boolean }[];
  readonly ports?: readonly { readonly name: string; readonly containerPort: number }[];
  readonly startupProbe?: Probe;
  readonly livenessProbe?: Probe;
  readonly readinessProbe?: Probe;
}

interface Probe {
  readonly httpGet: { readonly path: string; readonly port: string };
  readonly periodSeconds: number;
  readonly timeoutSeconds: number;
}

interface Volume {
  readonly name: string;
  readonly secret?: { readonly secretName: string; readonly defaultMode: number };
  readonly configMap?: { readonly name: string };
  readonly emptyDir?: { readonly medium: string; readonly sizeLimit: string };
}

export interface Pod {
  readonly restartPolicy?: string;
  readonly automountServiceAccountToken: boolean;
  readonly securityContext: unknown;
  readonly terminationGracePeriodSeconds?: number;
  readonly containers: readonly Container[];
  readonly volumes: readonly Volume[];
}

export interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly data?: Readonly<Record<string, string>>;
  readonly spec?: Readonly<Record<string, unknown>>;
}

const FOLDER = 'docs/kubernetes/';

/** Every manifest by its file. Kubernetes reads YAML 1.1, where a file mode that begins with 0 is octal. */
export const manifests: ReadonlyMap<string, Manifest> = new Map(
  readdirSync(new URL(`../../${FOLDER}`, import.meta.url)).map((file) => [
    file,
    parse(readText(`${FOLDER}${file}`), { version: '1.1', strict: true }) as Manifest,
  ]),
);

interface Templated {
  readonly template?: { readonly spec: Pod };
  readonly jobTemplate?: { readonly spec: { readonly template: { readonly spec: Pod } } };
}

/** The pod that a manifest starts; null where it starts none. */
export function podOf({ spec }: Manifest): Pod | null {
  const { template, jobTemplate } = (spec ?? {}) as Templated;
  return template?.spec ?? jobTemplate?.spec.template.spec ?? null;
}
