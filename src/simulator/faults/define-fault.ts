import type { SimResponse } from '../api/answers.ts';
import type { SimRequest } from '../routes.ts';
import type { World } from '../world.ts';

/** What a fault answers; a body that is no string is sent as JSON. */
export interface FaultAnswer extends Pick<SimResponse, 'status' | 'cut' | 'bytes' | 'trickleMs'> {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** One request that a fault strikes. */
interface Struck {
  /** Which of the struck ones it is, counted from 1. */
  readonly n: number;
  readonly request: SimRequest;
  readonly world: World;
  readonly now: Date;
  /** Lets the site do its work; its answer may then be told, changed or lost. */
  readonly real: () => SimResponse;
}

export interface Fault<Options extends object = object> {
  readonly id: string;
  /** One line: what happens, and where it has been seen if it has. */
  readonly about: string;
  /** What is not said when the fault is armed. */
  readonly defaults: Options;
  answer(struck: Struck, options: Options): FaultAnswer;
}

/** Gives a fault its types; the file's default export. */
export const defineFault = <Options extends object>(fault: Fault<Options>): Fault<Options> => fault;

/** Which requests a fault strikes. */
export interface Aim {
  /** One route template, as `GET /wiki/api/v2/pages`; any without it. */
  readonly at?: string;
  /** How many requests; 1 unless said otherwise. */
  readonly times?: number;
  /** Fitting requests that are left alone before the first is struck. */
  readonly after?: number;
}
