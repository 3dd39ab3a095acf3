import { describe, expect, it } from 'vitest';
import { notYet } from '../../config/not-yet.ts';
import { ACME, catalogue, loaded } from './workshop.ts';

const all = new Set(catalogue.map(({ id }) => id));
const named = (text: string, implemented: ReadonlySet<string> = all) => notYet(loaded(text), implemented);

describe('notYet', () => {
  it('is silent about a config that this version carries out in full', () => {
    expect(named(ACME)).toEqual([]);
  });

  it.each([
    ['actions: [{ name: a, match: { rule: stale-page }, do: [{ comment: x }] }]', 'actions: comment'],
    ['actions: [{ name: a, match: { rule: stale-page }, do: [{ archive: true }] }]', 'actions: archive'],
    ['actions: [{ name: a, match: { rule: stale-page }, do: [{ label: docaudit-a, after: 2d }] }]', 'actions: after'],
    [
      'actions: [{ name: a, match: { rule: stale-page }, do: [{ label: docaudit-a, approval: required }] }]',
      'actions: approval',
    ],
    ['notify: [{ type: webhook, url: { env: U } }]', 'notify'],
  ])('names what %s asks for', (text, what) => {
    expect(named(`${text}${ACME}`)).toEqual([what]);
  });

  it('is silent about every way to sign in', () => {
    expect(named(ACME.replace('basic', 'scoped'))).toEqual([]);
    expect(named(ACME.replace('{ env: ACME_TOKEN }', 'sealed'))).toEqual([]);
  });

  it('is silent about every variable', () => {
    expect(notYet(loaded(ACME, { METRICS_PORT: '9090', AUDIT_KEYS: 'k' }), all)).toEqual([]);
  });

  it('names rules', () => {
    const text = `extends: []\nrules: { stale-runbook: {}, stale-page: {} }\noverrides: [{ match: { spaces: [A] }, rules: { orphan-page: {} } }]${ACME}`;
    expect(named(text, new Set(['stale-runbook']))).toEqual(['rules: orphan-page, stale-page']);
  });

  it('says nothing about tenants that are disabled', () => {
    expect(named(`${ACME.replace('{ env: ACME_TOKEN }', 'sealed')}    enabled: false`)).toEqual([]);
  });
});
