import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AuditResult } from '../../src/domain/audit-result.ts';
import { ROUTES } from '../../src/simulator/route-table.ts';
import { askAll } from './ask-all.ts';
import { auditAll } from './audit-all.ts';
import type { Difference, Exchange } from './exchange.ts';
import { isKnown, KNOWN_DIFFERENCES } from './known-differences.ts';
import { startRecording } from './record.ts';
import { specFolder } from './spec-folder.ts';
import { tour, wrongTurns } from './tour.ts';
import { createWitness } from './witness.ts';

const folder = specFolder();
const lineOf = ({ where, at, what }: Difference): string => `${where}: ${at} ${what}`;

const unknown = (found: ReadonlyMap<string, Difference>): string[] =>
  [...found].flatMap(([line, one]) => (KNOWN_DIFFERENCES.some((known) => isKnown(one, known)) ? [] : [line]));

describe.skipIf(folder === null)('everything that is asked and answered,', () => {
  let exchanges: readonly Exchange[] = [];
  let result: AuditResult;
  let unread = -1;
  const differences = { requests: new Map<string, Difference>(), answers: new Map<string, Difference>() };

  beforeAll(async () => {
    const recording = await startRecording(() => new Date());
    result = await auditAll(recording);
    unread = await askAll(recording);
    await tour(recording);
    await wrongTurns(recording);
    await recording.site.close();
    exchanges = recording.exchanges.filter(({ template }) => template !== '/_edge/tenant_info');

    const { aboutRequest, aboutAnswer } = createWitness(folder ?? '');
    const sent = exchanges.filter(({ wrong }) => !wrong);
    for (const each of sent.flatMap(aboutRequest)) differences.requests.set(lineOf(each), each);
    for (const each of exchanges.flatMap(aboutAnswer)) differences.answers.set(lineOf(each), each);
  }, 120_000);

  afterAll(() => {
    const count = (by: Exchange['by']): number => exchanges.filter((each) => each.by === by).length;
    const operations = new Set(exchanges.map(({ method, template }) => `${method} ${template}`));
    process.stderr.write(
      `conformance: ${exchanges.filter(({ wrong }) => !wrong).length} requests and ${exchanges.length} answers ` +
        `(audit ${count('audit')}, client ${count('client')}, tour ${count('tour')}), ` +
        `${operations.size} operations, ${KNOWN_DIFFERENCES.length} known differences\n`,
    );
  });

  test('was asked by a complete audit, by each method of the client, and on every route', () => {
    expect(result).toMatchObject({ outcome: 'complete', writesDone: expect.any(Number) });
    expect(result.writesDone).toBeGreaterThan(3);
    expect(unread).toBe(0);
    const served = new Set(
      exchanges.flatMap(({ method, template, status }) => (status < 300 ? [`${method} ${template}`] : [])),
    );
    const official = ROUTES.filter(({ beyondSpec }) => beyondSpec === undefined);
    expect(official.map(({ method, template }) => `${method} ${template}`).filter((one) => !served.has(one))).toEqual(
      [],
    );
  });

  test('was asked as the specification allows', () => {
    expect(unknown(differences.requests)).toEqual([]);
  });

  test('was answered as the specification says', () => {
    expect(unknown(differences.answers)).toEqual([]);
  });

  test.for(KNOWN_DIFFERENCES)('it is still true that $why', (known) => {
    const all = [...differences.requests.values(), ...differences.answers.values()];
    expect(all.some((one) => isKnown(one, known))).toBe(true);
  });
});
