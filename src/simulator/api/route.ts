import type { z } from 'zod';
import type { World } from '../world.ts';
import type { Subject } from '../world/visibility.ts';
import type { SimResponse } from './answers.ts';

/** One query parameter as the official spec allows it. */
export type Param =
  | { readonly kind: 'text'; readonly required?: true }
  | { readonly kind: 'flag' }
  | { readonly kind: 'cursor' }
  | { readonly kind: 'choice'; readonly of: readonly string[] }
  | { readonly kind: 'list'; readonly of: 'id' | 'text' | readonly string[]; readonly max?: number }
  | { readonly kind: 'number'; readonly min: number; readonly max?: number; readonly default: number };

export type Query = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;

/** A request that passed the checks of its route. */
export interface Call {
  readonly world: World;
  readonly who: Subject;
  readonly query: Query;
  readonly path: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly url: URL;
  readonly now: Date;
  /** `http://127.0.0.1:PORT/wiki` */
  readonly base: string;
  /** Records that the request was wrong in a way that only its handler can see. */
  refuse(why: string): void;
}

export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly template: string;
  readonly query: Readonly<Record<string, Param>>;
  /** What path segments must look like, where they are not free text. */
  readonly path?: Readonly<Record<string, RegExp>>;
  readonly body?: z.ZodType;
  /** Answers people who did not sign in, whatever the site's options. */
  readonly open?: true;
  /** Query parameters that a real site sends in its own `next` links though the spec does not list them. */
  readonly tolerated?: readonly string[];
  /** Why the whole route is simulated though the spec does not know it. */
  readonly beyondSpec?: string;
  readonly handle: (call: Call) => SimResponse;
}

export const limit = (byDefault: number, max?: number, min = 1): Param => ({
  kind: 'number',
  min,
  default: byDefault,
  ...(max === undefined ? {} : { max }),
});

export const text = (call: Call, name: string): string | undefined => call.query[name] as string | undefined;
export const number = (call: Call, name: string): number => call.query[name] as number;
export const flag = (call: Call, name: string): boolean | undefined => call.query[name] as boolean | undefined;
export const list = (call: Call, name: string): readonly string[] | undefined =>
  call.query[name] as readonly string[] | undefined;
