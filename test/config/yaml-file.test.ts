import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readYamlFile } from '../../config/yaml-file.ts';
import { folderWith } from './workshop.ts';

const read = (text: string) => readYamlFile(join(folderWith({ 'a.yaml': text }), 'a.yaml'), 'a.yaml');
const billionLaughs = [
  'a0: &a0 [x, x]',
  ...[1, 2, 3, 4, 5, 6, 7, 8].map((n) => `a${n}: &a${n} [${`*a${n - 1}, `.repeat(9)}]`),
];

describe('readYamlFile', () => {
  it.each([
    ['a: 1', { a: 1 }],
    ['', {}],
    ['# only a comment', {}],
    ['off: off\nday: 2027-03-31', { off: 'off', day: '2027-03-31' }],
    ['a: &x [1]\nb: *x', { a: [1], b: [1] }],
  ])('reads %j as plain data', (text, data) => {
    expect(read(text)).toEqual({ data });
  });

  it.each([
    ['a: 1\nb: 2\na: 3', 'a.yaml:3:1', 'names a key twice'],
    ['a: !!js/function x', 'a.yaml:1:4', 'custom tag'],
    ['a: !!binary aGk=', 'a.yaml:1:4', 'custom tag'],
    ['a:\n\t- x', 'a.yaml:2:1', 'tabs'],
    ['a: "x', 'a.yaml:1:6', 'closing quote'],
    ['a: 1\n---\nb: 2', 'a.yaml:2:1', 'second document'],
    ['a: b: c', 'a.yaml:1:4', 'not valid YAML'],
    ['a: *nobody', 'a.yaml', 'aliases'],
    [billionLaughs.join('\n'), 'a.yaml', 'aliases'],
  ])('refuses %j with its place', (text, where, message) => {
    expect(read(text)).toMatchObject({ problem: { where, message: expect.stringContaining(message) as string } });
  });

  it('says when there is no file, or none that can be read', () => {
    const folder = folderWith({ 'x/y.yaml': '' });
    expect(readYamlFile(join(folder, 'z.yaml'), 'z.yaml')).toMatchObject({ problem: { message: 'does not exist' } });
    expect(readYamlFile(join(folder, 'x'), 'x')).toMatchObject({ problem: { message: 'cannot be read (EISDIR)' } });
  });
});
