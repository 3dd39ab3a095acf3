import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { configJsonSchema } from '../../config/json-schema.ts';
import { presetNames } from '../../config/presets.ts';
import { ruleCatalogue } from '../../src/domain/catalogue.ts';
import { RULE_IDS } from '../../src/domain/rule-ids.ts';
import { loadRules } from '../../src/rules/load-rules.ts';
import { loaded, tenantOf } from './workshop.ts';

const rules = [...(await loadRules()).values()];
const catalogue = ruleCatalogue(rules);

const CONFIG = join(import.meta.dirname, '../../config');
const example = readFileSync(join(CONFIG, 'audit.example.yaml'), 'utf8');

describe('config/audit.schema.json', () => {
  it('is what the schema says; `vitest run -u test/config/published.test.ts` writes it anew', async () => {
    await expect(configJsonSchema(catalogue)).toMatchFileSnapshot('../../config/audit.schema.json');
  });

  it('knows every key of the top level and every rule', () => {
    const { properties, additionalProperties } = JSON.parse(configJsonSchema(catalogue)) as {
      properties: Record<string, { properties?: object }>;
      additionalProperties: boolean;
    };
    expect(additionalProperties).toBe(false);
    expect(Object.keys(properties)).toEqual(
      'version extends include defaults rules actions overrides ceilings apps mutes notify tenants'.split(' '),
    );
  });
});

describe.each(rules.map((rule) => [rule.id, rule] as const))('the rule %s', (id, { options, severity }) => {
  it('is one of the contract, with the severity of the catalogue', () => {
    expect(RULE_IDS).toHaveProperty([id], severity);
  });

  it('has options that need no setting and come out as they went in, as layers and pages require', () => {
    const defaults = options.parse({});
    expect(options.parse(defaults)).toEqual(defaults);
    expect(JSON.parse(JSON.stringify(defaults))).toEqual(defaults);
  });
});

describe('config/audit.example.yaml', () => {
  it('is valid and points editors to the schema', () => {
    expect(example.split('\n')[0]).toBe('# yaml-language-server: $schema=./audit.schema.json');
    expect(loaded(example).notes).toEqual([]);
  });

  it('shows the values that hold anyway, apart from its examples', () => {
    const {
      id: _,
      site: __,
      auth: ___,
      tags: ____,
      ...shown
    } = tenantOf(loaded(example.replace(/overrides:[^]*?\nceilings:/, 'ceilings:')));
    const bare = loaded(
      'tenants: [{ id: a, site: https://a.example, auth: { type: basic, email: a@b.example, token: { env: A } } }]',
    );
    expect(tenantOf(bare, 'a')).toMatchObject(shown);
  });

  it('is valid with its commented examples too', () => {
    const all = example.replaceAll(/^# (mutes:|notify:|apps:| {2})/gm, '$1');
    const { apps, mutes, notify } = loaded(all);
    expect([apps.length, mutes.length, notify.length]).toEqual([1, 1, 1]);
  });
});

it('every preset is valid, and the folder is the list', () => {
  expect(presetNames()).toEqual(['access', 'all', 'hygiene', 'runbook-essential']);
  for (const name of presetNames()) {
    const settings = tenantOf(
      loaded(
        `extends: [preset:${name}]\ntenants: [{ id: acme, site: https://a.example, auth: { type: bearer, token: { env: A } } }]`,
      ),
    );
    expect(Object.values(settings.rules).filter((setting) => setting !== null).length).toBeGreaterThan(5);
  }
});
