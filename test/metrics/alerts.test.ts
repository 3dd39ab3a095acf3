import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { fleetMetrics } from '../../src/metrics/fleet-metrics.ts';
import { createProcessMetrics } from '../../src/metrics/process-metrics.ts';
import { metricsOf } from './samples.ts';

interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly for: string;
  readonly labels: { readonly severity: string };
  readonly annotations: { readonly summary: string };
}

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const { groups } = parse(read('config/prometheus/alerts.yaml'), { strict: true }) as {
  groups: readonly { readonly rules: readonly Rule[] }[];
};
const rules = groups.flatMap((group) => group.rules);
const page = read('docs/operations.md');

const figures = { at: '2026-11-04T02:00:00Z', tenants: [], runs: [], underway: 0, orphaned: 0, takeovers: 0 };
const queue = { ready: 0, waiting: 0, active: 0, oldestReadySeconds: 0 };
const fleet = fleetMetrics({ tenantLabel: true, missedTwice: 0 }, { figures, queue });
const { registry } = createProcessMetrics({ tenantLabel: false, pool: () => null });
const metrics = new Set([...metricsOf(await fleet.metrics()), ...metricsOf(await registry.metrics())]);

describe.each(rules)('the alarm $alert', ({ expr, labels, annotations, ...rule }) => {
  test('asks for metrics that there are', () => {
    const named = expr.match(/confluence_audit_\w+/g) ?? [];
    expect(named).not.toEqual([]);
    expect(named.filter((name) => !metrics.has(name))).toEqual([]);
  });

  test('is complete, and waits before it cries', () => {
    expect(labels.severity).toMatch(/^(?:critical|warning)$/);
    expect(annotations.summary).toMatch(/\.$/);
    expect(rule.for).toMatch(/^\d+[mh]$/);
  });
});

test('each alarm has its runbook, and there is no runbook without an alarm', () => {
  const told = [...page.matchAll(/^\| `(ConfluenceAudit\w+)` \| .+ \| .+ \| .+ \|$/gm)].map(([, name]) => name);
  expect(told).toEqual(rules.map(({ alert }) => alert));
});

test('every metric of ours is explained', () => {
  const section = page.split('\n## Metrics\n')[1]?.split('\n## ')[0] ?? '';
  const ours = [...metrics].map((name) => name.replace('confluence_audit_', ''));
  expect(ours).toContain('queue_jobs');
  const nodes = /^(?:nodejs|process)_/;
  expect(ours.filter((name) => !nodes.test(name) && !section.includes(`\`${name}`))).toEqual([]);
});
