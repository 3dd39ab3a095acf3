import { readFileSync } from 'node:fs';
import { stdout } from 'node:process';

/** What a program beside ours is told: in a file, since it holds a token. */
export interface PeerOrder {
  readonly site: string;
  readonly email: string;
  readonly token: string;
  /** Requests a second that the site allows. */
  readonly perSecond: number;
  readonly spaces: readonly string[];
  /** Where published packages are installed. */
  readonly packages: string | null;
}

/** What it has in the end. */
export interface PeerHaul {
  readonly pages: number;
  readonly labels?: number;
  readonly restricted?: number;
  readonly attachments?: number;
  readonly versions?: number;
}

export const readOrder = (): PeerOrder => JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as PeerOrder;

export const tellHaul = (haul: PeerHaul): void => void stdout.write(`\n${JSON.stringify(haul)}\n`);
