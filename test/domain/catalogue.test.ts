import { describe, expect, it } from 'vitest';
import { RULE_IDS } from '../../src/domain/rule-ids.ts';
import { ruleCatalogue } from '../../src/domain/catalogue.ts';
import { catalogue } from '../config/workshop.ts';

describe('ruleCatalogue', () => {
  it('holds every rule of the contract, those without a file as not there yet', () => {
    const entries = ruleCatalogue([]);
    expect(entries.map(({ id }) => id)).toEqual(Object.keys(RULE_IDS));
    expect(entries).toHaveLength(40);
    expect(entries.some(({ implemented }) => implemented)).toBe(false);
  });

  it('takes options and severity from the rule where there is one', () => {
    const oversize = catalogue.find(({ id }) => id === 'oversize-attachment');
    expect(oversize).toMatchObject({ implemented: true, severity: 'high' });
    expect(oversize?.options).not.toBeNull();
    expect(catalogue).toHaveLength(40);
  });
});
