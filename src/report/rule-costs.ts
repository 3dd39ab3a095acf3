import { neededEndpoints, scopesOf } from '../confluence/needed-endpoints.ts';
import { MEASURE, packCost } from '../domain/pack-cost.ts';
import type { Need, Rule } from '../domain/rule.ts';

/** The wiki for which costs are told, in words. */
export const COST_WIKI = `${(MEASURE.spaces * MEASURE.pagesPerSpace).toLocaleString('en-US')} pages`;

/** What a rule asks of a site beyond an audit without any rule. */
export interface RuleCost {
  readonly scopes: readonly string[];
  /** Of a full audit of the wiki that COST_WIKI names; what only some pages need is not counted. */
  readonly requests: number;
  readonly points: number;
}

/** The cost of one rule alone; what two rules need is fetched once. */
export function ruleCost(rule: Rule): RuleCost {
  const [bare, alone] = [packCost([]), packCost([rule])];
  const every = scopesFor([]);
  return {
    scopes: scopesFor(rule.needs).filter((scope) => !every.includes(scope)),
    requests: alone.requests - bare.requests,
    points: alone.points - bare.points,
  };
}

/** The scopes that every audit takes, whatever its rules. */
export const bareScopes = (): readonly string[] => scopesFor([]);

const scopesFor = (needs: readonly Need[]): readonly string[] =>
  scopesOf(
    neededEndpoints({
      needs: new Set(needs),
      mode: 'audit',
      groups: false,
      blogPosts: false,
      attestedBy: { property: false, status: false },
    }),
  );
