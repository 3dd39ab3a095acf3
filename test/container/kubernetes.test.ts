import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadConfig } from '../../config/load.ts';
import manifest from '../../package.json' with { type: 'json' };
import { ruleCatalogue } from '../../src/domain/catalogue.ts';
import { loadRules } from '../../src/rules/load-rules.ts';
import { readText } from './dockerfile.ts';
import { manifests, podOf } from './pods.ts';

const pods = [...manifests].flatMap(([file, each]) => {
  const pod = podOf(each);
  return pod === null ? [] : pod.containers.map((container) => ({ file, pod, container }));
});

test('the manifests are those that the page explains', () => {
  const kinds = [...manifests].map(([file, { kind }]) => [file, kind]);
  expect(Object.fromEntries(kinds)).toEqual({
    'config.yaml': 'ConfigMap',
    'cronjob.yaml': 'CronJob',
    'deployment.yaml': 'Deployment',
    'migrate.yaml': 'Job',
  });
  const page = readText('docs/deployment.md');
  expect([...manifests.keys()].filter((file) => !page.includes(`(kubernetes/${file})`))).toEqual([]);
  expect(pods.map(({ container }) => container.args[0])).toEqual(['audit', 'start', 'migrate']);
});

describe.each(pods)('the pod of $file', ({ pod, container }) => {
  test('meets the Pod Security Standard `restricted`', () => {
    expect(pod.securityContext).toEqual({
      runAsNonRoot: true,
      runAsUser: 1000,
      runAsGroup: 1000,
      fsGroup: 1000,
      seccompProfile: { type: 'RuntimeDefault' },
    });
    expect(container.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
    expect(pod.automountServiceAccountToken).toBe(false);
  });

  test('can write to /data and /tmp only, and there not without end', () => {
    const writable = container.volumeMounts.filter(({ readOnly }) => readOnly !== true);
    expect(writable.map(({ mountPath }) => mountPath)).toEqual(['/data', '/tmp']);
    for (const { name } of writable) {
      const volume = pod.volumes.find((each) => each.name === name);
      expect(volume?.emptyDir).toEqual({ medium: 'Memory', sizeLimit: expect.stringMatching(/^\d+Mi$/) as string });
    }
    expect(container.volumeMounts.map(({ name }) => name)).toEqual(pod.volumes.map(({ name }) => name));
  });

  test('gets its secrets as files that its user may read and others may not', () => {
    const modes = pod.volumes.flatMap(({ secret }) => (secret === undefined ? [] : secret.defaultMode));
    expect(new Set(modes)).toEqual(new Set([0o440]));
    const values = Object.fromEntries(container.env.map(({ name, value }) => [name, value]));
    for (const [name, path = ''] of Object.entries(values)) {
      if (name === 'METRICS_PORT') continue;
      expect(name).toMatch(/^AUDIT_CONFIG$|_FILE$/);
      expect(container.volumeMounts.filter(({ mountPath }) => path.startsWith(`${mountPath}/`))).toHaveLength(1);
    }
  });

  test('runs this version with the entry point of the image, within bounds', () => {
    expect(container.image).toMatch(new RegExp(`/${manifest.name}:${manifest.version.replaceAll('.', '\\.')}$`));
    expect(container.command).toBeUndefined();
    expect(container.resources.limits.memory).toMatch(/^\d+Mi$/);
  });
});

test('only the migration knows the administrator of the database', () => {
  const admins = pods.filter(({ pod }) => JSON.stringify(pod).includes('database-admin'));
  expect(admins.map(({ file }) => file)).toEqual(['migrate.yaml']);
});

test('the workers are asked on the port of their metrics, and get the time to end at a checkpoint', () => {
  const { pod, container } = pods.find(({ file }) => file === 'deployment.yaml') ?? {};
  const [port] = container?.ports ?? [];
  expect(container?.env).toContainEqual({ name: 'METRICS_PORT', value: String(port?.containerPort) });
  const asks = (path: string) => ({ httpGet: { path, port: port?.name } });
  expect(container).toMatchObject({
    startupProbe: asks('/healthz'),
    livenessProbe: asks('/healthz'),
    readinessProbe: asks('/readyz'),
  });
  expect(pod?.terminationGracePeriodSeconds).toBeGreaterThanOrEqual(20);
});

test('a night that ended with an answer is not tried again, and two nights do not overlap', () => {
  const job = manifests.get('cronjob.yaml');
  expect(job?.spec).toMatchObject({
    concurrencyPolicy: 'Forbid',
    jobTemplate: {
      spec: {
        podFailurePolicy: {
          rules: [
            { action: 'Ignore' },
            { action: 'FailJob', onExitCodes: { containerName: 'audit', operator: 'In', values: [2, 3, 4, 5, 6] } },
          ],
        },
        template: { spec: { restartPolicy: 'Never', containers: [{ name: 'audit' }] } },
      },
    },
  });
});

test('the config of the example is valid, and its tokens lie where the secret is mounted', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'kubernetes-'));
  try {
    const file = join(folder, 'audit.yaml');
    writeFileSync(file, manifests.get('config.yaml')?.data?.['audit.yaml'] ?? '');
    const catalogue = ruleCatalogue((await loadRules()).values());
    const loaded = loadConfig({ env: { AUDIT_CONFIG: file }, cwd: folder, catalogue });
    expect(loaded.ok ? loaded.config.tenants.map(({ auth }) => auth) : loaded.problems).toEqual([
      expect.objectContaining({ token: { file: '/run/tenants/acme' } }),
    ]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
