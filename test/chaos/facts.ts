import type { SeenCall } from './evidence.ts';
import type { NightNote } from './note-night.ts';
import type { Scenario } from './scenario.ts';
import type { Stage } from './stage.ts';
import type { Inspection } from './inspect.ts';
import { type Knowledge, knowledgeOf } from './knowledge.ts';
import { witnessOf } from './theatre.ts';
import type { Wiki } from './wiki.ts';
import type { SimulatedSite } from '../../src/simulator/site.ts';

/** Everything that the invariants are held against, when all nights of a seed are over. */
export interface Facts {
  readonly scenario: Scenario;
  /** When the world began, as its clock tells it; calls count from there. */
  readonly begin: number;
  readonly notes: readonly NightNote[];
  readonly calls: readonly SeenCall[];
  readonly log: readonly string[];
  readonly wikis: readonly Wiki[];
  readonly sites: ReadonlyMap<string, SimulatedSite>;
  readonly inspection: Inspection;
  /** By tenant: what it knows, what somebody who never looked before knows, what it knows in the run without a crash. */
  readonly knowledge: ReadonlyMap<string, { readonly own: Knowledge; readonly witness: Knowledge | null }>;
  readonly reference: ReadonlyMap<string, Knowledge> | null;
  /** Why a night did not end; null where all did. */
  readonly endless: string | null;
}

/** Collects them. */
export async function gatherFacts(
  stage: Stage,
  inspection: Inspection,
  { reference, endless }: Pick<Facts, 'reference' | 'endless'>,
): Promise<Facts> {
  const { scenario, notes, evidence, wikis, sites, time } = stage;
  const witnessed = notes.some(({ shift }) => shift === 'witness');
  const knowledge = new Map<string, { own: Knowledge; witness: Knowledge | null }>();
  for (const tenant of scenario.tenants) {
    const own = await knowledgeOf(stage, tenant);
    knowledge.set(tenant, { own, witness: witnessed ? await knowledgeOf(stage, witnessOf(tenant)) : null });
  }
  const { calls, log } = evidence;
  const begin = time.now().getTime() - time.at();
  return { scenario, begin, notes, calls, log, wikis, sites, inspection, knowledge, reference, endless };
}
