import { describe, expect, test } from 'vitest';
import { type House, importFaults } from './floors/check-imports.ts';
import { styleFaults } from './floors/check-style.ts';
import { readSources } from './floors/source.ts';

/** The architecture. src/README.md says what each room is for. */
const HOUSE: House = {
  floors: [
    ['jobs'],
    ['src/app.ts', 'src/schedule'],
    ['src/database.ts', 'src/doctor', 'src/metrics', 'src/exchange.ts', 'src/messages.ts'],
    ['src/settings.ts'],
    ['src/audit'],
    ['src/actions', 'src/report', 'src/sign-in', 'src/alerts', 'src/mcp'],
    ['src/confluence', 'src/store', 'src/vault', 'src/notify', 'src/runtime', 'src/scan'],
    ['src/network'],
    ['config'],
    ['src/rules'],
    ['src/domain'],
  ],
  garden: { room: 'src/simulator', sees: ['src/domain'], entered: ['jobs/demo.ts', 'jobs/demo', 'test'] },
  doors: {
    'jobs/run.ts': ['jobs/node-version.cjs', 'jobs/frame', 'config'],
    'jobs/node-version.cjs': ['jobs/compile-cache.cjs'],
    'jobs/define-job.ts': ['src/runtime', 'src/domain'],
    'jobs/frame': ['jobs/define-job.ts', 'config', 'src/runtime', 'src/domain', 'package.json'],
  },
  packages: {
    zod: ['jobs', 'config', 'src'],
    'cron-parser': ['config', 'src/domain'],
    htmlparser2: ['src/domain'],
    re2js: ['src/domain'],
    yaml: ['config'],
    undici: ['src/confluence', 'src/notify'],
    nodemailer: ['src/notify'],
    '@modelcontextprotocol/sdk': ['src/mcp', 'jobs/mcp.ts'],
    'p-limit': ['src/confluence', 'src/audit', 'src/schedule', 'src/app.ts'],
    'drizzle-orm': ['src/store'],
    pg: ['src/store'],
    '@electric-sql/pglite': ['src/store'],
    'node-cron': ['src/schedule'],
    'pg-boss': ['src/schedule'],
    'prom-client': ['src/metrics'],
    pino: ['src/runtime'],
    'cli-progress': ['src/runtime'],
    echarts: ['src/report'],
    '@secretlint/core': ['src/scan'],
    '@secretlint/profiler': ['src/scan'],
    '@secretlint/secretlint-rule-preset-recommend': ['src/scan'],
  },
  nodeModules: {
    'src/domain': ['node:buffer', 'node:crypto'],
    'src/report': ['node:crypto', 'node:fs'],
    'src/actions': ['node:crypto'],
    'src/scan': ['node:crypto'],
    'src/vault': ['node:crypto'],
    'src/sign-in': ['node:crypto'],
  },
  loaders: ['jobs/frame/job-list.ts', 'src/rules/load-rules.ts'],
};

/** Files over 200 lines, each with the reason. */
const LONG_FILES: Readonly<Record<string, string>> = {};

const sources = readSources(['src', 'jobs', 'config', 'test']);

test('imports go down, and every package stays in its rooms', () => {
  expect(importFaults(sources, HOUSE)).toEqual([]);
});

test('the style of the house is kept', () => {
  expect(styleFaults(sources, LONG_FILES)).toEqual([]);
});

test('the files of the house are really read', () => {
  expect(sources.map(({ path }) => path)).toEqual(
    expect.arrayContaining(['src/domain/errors.ts', 'jobs/run.ts', 'jobs/node-version.cjs', 'test/floors.test.ts']),
  );
});

describe('a forbidden import is told with file, import and rule', () => {
  test.each([
    [
      'src/domain/x.ts',
      "import { db } from '../store/db.ts';",
      /^src\/domain\/x\.ts imports \.\.\/store\/db\.ts: src\/domain lies below src\/store/,
    ],
    ['src/actions/x.ts', "import type { T } from '../report/t.ts';", /lie on one floor/],
    ['src/store/x.ts', "import {\n  a,\n  b,\n} from '../runtime/clock.ts';", /lie on one floor/],
    ['src/audit/x.ts', "export * from '../app.ts';", /src\/audit lies below src\/app\.ts/],
    ['src/rules/x.ts', "const a = await import('../../config/load.ts');", /src\/rules lies below config/],
    [
      'src/audit/x.ts',
      "import '../simulator/server.ts';",
      /the garden, and only jobs\/demo\.ts, jobs\/demo, test may enter/,
    ],
    ['jobs/audit.ts', "import { s } from '../src/simulator/server.ts';", /may enter/],
    ['src/simulator/x.ts', "import { db } from '../store/db.ts';", /sees only src\/domain/],
    ['jobs/audit.ts', "import demo from './demo.ts';", /a command knows no other command/],
    ['jobs/audit.ts', "import { main } from './frame/main.ts';", /not the frame/],
    ['jobs/run.ts', "import { openApp } from '../src/app.ts';", /jobs\/run\.ts sees only/],
    ['src/attic/x.ts', "import { a } from '../domain/a.ts';", /src\/attic\/x\.ts lies in no room/],
    ['src/domain/x.ts', "import { a } from '../../test/a.ts';", /test\/a\.ts lies in no room/],
    [
      'src/audit/x.ts',
      "import { request } from 'undici';",
      /imports undici: only src\/confluence, src\/notify may use undici/,
    ],
    ['src/audit/x.ts', "import { pgTable } from 'drizzle-orm/pg-core';", /only src\/store may use drizzle-orm/],
    ['src/audit/x.ts', "import { PGlite } from '@electric-sql/pglite';", /only src\/store/],
    ['src/audit/x.ts', "import leftPad from 'left-pad';", /left-pad is in no room's list/],
    ['src/domain/x.ts', "import { readFile } from 'node:fs/promises';", /src\/domain is pure/],
    ['src/audit/x.ts', 'const a = await import(path);', /imports a computed path/],
  ])('%s: %s', (path, text, fault) => {
    expect(importFaults([{ path, text }], HOUSE)).toEqual([expect.stringMatching(fault)]);
  });

  test.each([
    ['jobs/demo.ts', "import { serve } from '../src/simulator/server.ts';"],
    ['jobs/audit.ts', "import { defineJob } from './define-job.ts';\nimport { openApp } from '../src/app.ts';"],
    [
      'src/audit/x.ts',
      "import { a } from './a.ts';\nimport { b } from '../store/b.ts';\nimport { c } from '../rules/c.ts';",
    ],
    ['test/audit/x.test.ts', "import { a } from '../../src/simulator/server.ts';\nimport fc from 'fast-check';"],
    [
      'src/domain/x.ts',
      "// import { a } from '../store/a.ts';\n/**\n * import('../store/b.ts')\n */\nconst from = 'x';",
    ],
  ])('%s may: %s', (path, text) => {
    expect(importFaults([{ path, text }], HOUSE)).toEqual([]);
  });
});

describe('a breach of style is told with file and rule', () => {
  test.each([
    ['src/store/x.ts', "const url = process.env['DATABASE_URL'];", /process\.env: jobs\/run\.ts hands it to config/],
    ['jobs/frame/x.ts', 'process.exit(1);', /process\.exit\(\): only the street/],
    ['src/audit/x.ts', 'console.log(1);', /console/],
    ['src/audit/x.ts', 'let count = 0;', /module-level variable/],
    ['src/audit/x.ts', 'export let count = 0;', /module-level variable/],
    ['src/audit/x.ts', 'const seen = new Map<string, number>();', /empty module-level container/],
    ['src/audit/x.ts', 'const seen: string[] = [];', /empty module-level container/],
    ['src/domain/x.ts', 'export const age = () => Date.now();', /the clock or chance/],
    ['src/domain/x.ts', "export const isTest = () => mode === 'NODE_ENV';", /NODE_ENV/],
    ['src/audit/utils.ts', 'export const a = 1;', /named like a drawer/],
    ['src/audit/helpers/x.ts', 'export const a = 1;', /named like a drawer/],
    ['src/audit/index.ts', 'export const a = 1;', /named like a drawer/],
    ['src/audit/all.ts', "export * from './a.ts';\nexport { b } from './b.ts';", /no barrels/],
  ])('%s: %s', (path, text, fault) => {
    expect(styleFaults([{ path, text }], {})).toEqual([expect.stringMatching(fault)]);
  });

  test.each([
    ['src/audit/x.ts', 'export function f() {\n  let a = 0;\n  // console.log(a)\n  return new Map();\n}'],
    ['src/runtime/clock.ts', 'export const now = () => new Date();'],
  ])('%s may: %s', (path, text) => {
    expect(styleFaults([{ path, text }], {})).toEqual([]);
  });

  test('a long file needs its reason, and a reason needs its long file', () => {
    const long = { path: 'src/audit/x.ts', text: 'const a = 1;\n'.repeat(201) };
    expect(styleFaults([long], {})).toEqual([expect.stringMatching(/has 201 lines/)]);
    expect(styleFaults([long], { 'src/audit/x.ts': 'One table.' })).toEqual([]);
    expect(styleFaults([{ path: 'src/audit/x.ts', text: 'const a = 1;\n'.repeat(200) }], {})).toEqual([]);
    expect(styleFaults([], { 'src/audit/x.ts': 'One table.' })).toEqual([
      expect.stringMatching(/take it off the list/),
    ]);
  });
});
