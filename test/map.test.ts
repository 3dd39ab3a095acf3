import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readSources } from './floors/source.ts';

/** Its files are alike, so the map names the folder alone. */
const PROSE = 'src/simulator/seed/prose/';

const root = new URL('../', import.meta.url);
const map = readFileSync(new URL('src/README.md', root), 'utf8').split('\n## The map\n')[1] ?? '';
const files = readSources(['src', 'config', 'jobs']).map(({ path }) => path);

/** The paths that the lists of the map name: a heading is a folder, an item names files of it before its colon. */
function namedIn(text: string): string[] {
  let folder = '';
  return text.split('\n').flatMap((line) => {
    folder = /^### `(.+)`$/.exec(line)?.[1] ?? folder;
    const names = /^- ((?:`[^`]+`(?:, )?)+): ./.exec(line)?.[1] ?? '';
    return [...names.matchAll(/`([^`]+)`/g)].map(([, name]) => folder + (name ?? ''));
  });
}

function mapFaults(text: string, written: readonly string[], exists: (path: string) => boolean): string[] {
  const named = namedIn(text);
  return [
    ...written
      .filter((path) => !path.startsWith(PROSE) && !named.includes(path))
      .map((path) => `${path} is not on the map`),
    ...named.filter((path) => !exists(path)).map((path) => `${path} is on the map and does not exist`),
    ...named.filter((path, index) => named.indexOf(path) !== index).map((path) => `${path} is on the map twice`),
  ];
}

test('the map names every file of src, config and jobs, and no other', () => {
  expect(mapFaults(map, files, (path) => existsSync(new URL(path, root)))).toEqual([]);
});

describe('a map that is wrong is told', () => {
  const right = '### `src/audit/`\n\n- `a.ts`: does a\n- `b.ts`, `c.ts`: do the rest';
  const here = ['src/audit/a.ts', 'src/audit/b.ts', 'src/audit/c.ts'];

  test('one that names each file once has no fault', () => {
    expect(mapFaults(right, here, (path) => here.includes(path))).toEqual([]);
  });

  test.each([
    ['a file that is not named', right, [...here, 'src/audit/d.ts'], 'src/audit/d.ts is not on the map'],
    ['a file that is named elsewhere', right, [...here, 'src/store/a.ts'], 'src/store/a.ts is not on the map'],
    [
      'a name that no file has',
      `${right}\n- \`e.ts\`: does e`,
      here,
      'src/audit/e.ts is on the map and does not exist',
    ],
    ['a name that comes twice', `${right}\n- \`a.ts\`: does a`, here, 'src/audit/a.ts is on the map twice'],
    ['a name without a promise', right.replace(': does a', ''), here, 'src/audit/a.ts is not on the map'],
  ])('%s', (_, text, written, fault) => {
    expect(mapFaults(text, written, (path) => written.includes(path))).toEqual([fault]);
  });
});
