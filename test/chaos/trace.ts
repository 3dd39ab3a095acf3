import { createHash } from 'node:crypto';

/** Everything that happened in a world, in its order, as one hash; the last lines are kept for whoever looks for the cause. */
export interface Trace {
  readonly add: (line: string) => void;
  readonly hash: () => string;
  readonly last: () => readonly string[];
}

export function createTrace(keep = 40): Trace {
  const hash = createHash('sha256');
  const lines: string[] = [];
  return {
    add(line) {
      hash.update(line).update('\n');
      lines.push(line);
      if (lines.length > keep) lines.shift();
    },
    hash: () => hash.copy().digest('hex').slice(0, 16),
    last: () => [...lines],
  };
}
