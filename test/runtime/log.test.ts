import { expect, test } from 'vitest';
import { AuditError } from '../../src/domain/errors.ts';
import type { LogFormat, LogLevel } from '../../config/log-settings.ts';
import { createLog } from '../../src/runtime/log.ts';
import { errorFields, type LogFields } from '../../src/runtime/log-fields.ts';

const NOW = new Date('2026-03-01T02:00:07.250Z');

function listening({ level = 'info', format = 'json' }: { level?: LogLevel; format?: LogFormat } = {}) {
  const lines: string[] = [];
  const log = createLog({ level, format, now: () => NOW, write: (line) => lines.push(line) });
  return { log, lines };
}

test('a line of JSON carries time, level, message and fields, and nothing of the machine', () => {
  const { log, lines } = listening();
  log.info('Run finished', { tenant: 'acme', outcome: 'complete', pages: 3 });
  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0] ?? '')).toEqual({
    time: '2026-03-01T02:00:07.250Z',
    level: 'info',
    msg: 'Run finished',
    tenant: 'acme',
    outcome: 'complete',
    pages: 3,
  });
});

test('a child puts its tenant and run on every line, and no line can claim another tenant', () => {
  const { log, lines } = listening();
  const child = log.child({ tenant: 'acme' }).child({ run: 'r1', tenant: 'globex' });
  child.warn('Waiting', { tenant: 'globex', waitSeconds: 12 });
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ tenant: 'acme', run: 'r1', waitSeconds: 12, level: 'warn' });
});

test('a field that is not on the list is dropped, and so is everything that is no short scalar', () => {
  const { log, lines } = listening();
  const careless = {
    headers: { authorization: 'Basic Ym90OmNhbmFyeS10b2tlbg==' },
    body: 'canary-body',
    token: 'canary-token',
    detail: { response: 'canary-nested' },
    error: new Error('canary-error'),
    endpoint: '/api/v2/pages',
    reason: 'x'.repeat(5000),
  };
  log.error('Request failed', careless as unknown as LogFields);
  expect(lines[0]).not.toContain('canary');
  expect(lines[0]?.length).toBeLessThan(1300);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ endpoint: '/api/v2/pages' });
});

test.each([
  ['connect postgres://audit:canary-pw@db:5432/x failed', 'connect postgres://***@db:5432/x failed'],
  ['Authorization: Basic Y2FuYXJ5OmNhbmFyeQ==', 'Authorization: Basic ***'],
  ['sent Bearer canary.canary-canary', 'sent Bearer ***'],
  ['token ATATT3xFfGF0canary_-=1A2B', 'token ***'],
  ['GET /x?api_token=canary&limit=5', 'GET /x?api_token=***&limit=5'],
  ['Basic auth is what this site takes', 'Basic auth is what this site takes'],
])('a secret in a text is masked: %s', (error, shown) => {
  const { log, lines } = listening();
  log.error('Failed', { error });
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ error: shown });
});

test('an error of ours brings code, message, hint and its listed fields; a foreign one its message', () => {
  const ours = new AuditError('forbidden', 'The account may not read space OPS.', {
    fields: { status: 403, body: 'canary' },
  });
  const { log, lines } = listening();
  log.error('Run failed', errorFields(ours));
  log.error('Run failed', errorFields(new RangeError('out of range')));
  log.error('Run failed', errorFields({ secret: 'canary' }));
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    code: 'forbidden',
    error: ours.message,
    hint: ours.hint,
    status: 403,
  });
  expect(JSON.parse(lines[1] ?? '')).toMatchObject({ code: 'unexpected', error: 'out of range' });
  expect(lines.join('')).not.toContain('canary');
});

test('lines below the level are not written', () => {
  const { log, lines } = listening({ level: 'warn' });
  log.debug('a');
  log.info('b');
  log.warn('c');
  log.error('d');
  expect(lines.map((line) => (JSON.parse(line) as { msg: string }).msg)).toEqual(['c', 'd']);
});

test('for people a line is short words, and cannot be broken or coloured by a value', () => {
  const { log, lines } = listening({ format: 'pretty' });
  log.child({ tenant: 'acme' }).warn('Waiting for the rate limit', { waitSeconds: 12, detail: 'a\u001b[31m b\nc' });
  expect(lines).toEqual([
    '02:00:07 WARN   acme  Waiting for the rate limit  detail="a\\u001b[31m b\\nc" waitSeconds=12\n',
  ]);
});
