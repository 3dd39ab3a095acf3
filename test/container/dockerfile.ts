import { readFileSync } from 'node:fs';

interface Instruction {
  readonly name: string;
  readonly rest: string;
}

const root = new URL('../../', import.meta.url);
export const readText = (path: string): string => readFileSync(new URL(path, root), 'utf8');

/** The instructions in their order, without comments, continued lines as one. */
export function instructionsOf(text: string): readonly Instruction[] {
  return text
    .replaceAll(/^\s*#.*\n/gm, '')
    .replaceAll(/\\\n\s*/g, ' ')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [name = '', ...rest] = line.trim().split(/\s+/);
      return { name: name.toUpperCase(), rest: rest.join(' ') };
    });
}

/** The instructions of each stage, its `FROM` first; what stands before the first stage is left out. */
export function stagesOf(instructions: readonly Instruction[]): readonly (readonly Instruction[])[] {
  const starts = instructions.flatMap(({ name }, index) => (name === 'FROM' ? [index] : []));
  return starts.map((start, index) => instructions.slice(start, starts[index + 1]));
}

/** Whether a .dockerignore lets a path through; as in Docker the last line that matches it or a folder above it decides. */
export function isSent(path: string, dockerignore: string): boolean {
  const parts = path.split('/');
  const above = parts.map((_, index) => parts.slice(0, index + 1).join('/'));
  let sent = true;
  for (const line of dockerignore.split('\n').filter((each) => each !== '' && !each.startsWith('#'))) {
    const pattern = expressionOf(line.replace(/^!/, ''));
    if (above.some((each) => pattern.test(each))) sent = line.startsWith('!');
  }
  return sent;
}

/** Unlike in most globs, a star stands for a leading dot too. */
const expressionOf = (glob: string): RegExp =>
  new RegExp(`^${RegExp.escape(glob).replaceAll('\\*\\*\\/', '(?:.*/)?').replaceAll('\\*', '[^/]*')}$`);
