import { type Facts, gatherFacts } from './facts.ts';
import { inspectAll } from './inspect.ts';
import { INVARIANTS } from './invariants/all.ts';
import { knowledgeOf, type Knowledge } from './knowledge.ts';
import { calmly, type Scenario, type Setting } from './scenario.ts';
import { shiftsOf } from './shifts/list.ts';
import { openStage, type Stage } from './stage.ts';
import type { Theatre } from './theatre.ts';
import { Endless } from './time.ts';

/** What came of one seed. */
export interface Outcome {
  /** Of all that happened; the same at every replay. */
  readonly hash: string;
  /** `I3: page 70001 of alder lacks the label`. */
  readonly broken: readonly string[];
  readonly befell: readonly string[];
  readonly armed: readonly string[];
  readonly checks: number;
  readonly steps: number;
  readonly nights: number;
  readonly requests: number;
  /** The end of the trace, and how each process ended. */
  readonly told: readonly string[];
}

/** What the run without a crash comes to. */
interface Reference {
  readonly steps: number;
  readonly knowledge: ReadonlyMap<string, Knowledge>;
}

/** Plays seeds in one theatre; the run without a crash is played once for each setting. */
export function createPlayer(theatre: Theatre) {
  const references = new Map<number, Reference>();

  const referenceOf = async (setting: Setting): Promise<Reference> => {
    const known = references.get(setting.variant);
    if (known !== undefined) return known;
    const calm = calmly(setting);
    const stage = await openStage(theatre, calm);
    for (const shift of shiftsOf(calm)) await shift.run(stage);
    const steps = stage.notes.find(({ shift }) => shift === 'struck')?.steps ?? 0;
    const knowledge = new Map<string, Knowledge>();
    for (const tenant of calm.tenants) knowledge.set(tenant, await knowledgeOf(stage, tenant));
    const reference = { steps, knowledge };
    references.set(setting.variant, reference);
    return reference;
  };

  /** Lets all nights of a scenario happen. */
  async function live(scenario: Scenario): Promise<{ stage: Stage; facts: Facts }> {
    const { knowledge } = await referenceOf(scenario);
    const stage = await openStage(theatre, scenario);
    let endless: string | null = null;
    try {
      for (const shift of shiftsOf(scenario)) await shift.run(stage);
    } catch (error) {
      if (!(error instanceof Endless)) throw error;
      endless = error.message;
    }
    stage.time.end();
    const inspection = await inspectAll(theatre.superuser, scenario.tenants);
    const reference = scenario.edits.length === 0 ? knowledge : null;
    return { stage, facts: await gatherFacts(stage, inspection, { endless, reference }) };
  }

  return {
    /** How many steps the struck night of a setting takes when nothing is wrong. */
    stepsOf: async (setting: Setting): Promise<number> => (await referenceOf(setting)).steps,
    live,
    play: async (scenario: Scenario): Promise<Outcome> => outcomeOf(await live(scenario)),
  };
}

function outcomeOf({ stage, facts }: { readonly stage: Stage; readonly facts: Facts }): Outcome {
  for (const { own } of facts.knowledge.values())
    for (const line of [...own.audited, ...own.written]) stage.trace.add(line);
  const broken = INVARIANTS.flatMap(({ id, broken: find }) => find(facts).map((fault) => `${id}: ${fault}`));
  return {
    hash: stage.trace.hash(),
    broken,
    befell: stage.notes.flatMap(({ worker, befell }) => befell.map((one) => `${worker}: ${one}`)),
    armed: stage.armed,
    checks: INVARIANTS.length,
    steps: stage.notes.reduce((sum, { steps }) => sum + steps, 0),
    nights: stage.notes.length,
    requests: stage.evidence.calls.length,
    told: [
      ...stage.trace.last(),
      ...stage.notes.map(({ shift, worker, how, results, written }) => {
        const ends = [...results, ...written].map(
          ({ tenantId, outcome, errorCode, detail }) => `${tenantId} ${outcome} ${errorCode ?? ''} ${detail ?? ''}`,
        );
        return `${shift}, ${worker}: ${how} ${ends.join('; ')}`;
      }),
    ],
  };
}
