import { matchesGlob } from '../src/domain/glob.ts';
import type { ActionInput } from './action-schema.ts';
import { durationMs } from './duration.ts';
import type { Action, Step } from '../src/domain/ladder.ts';

/** An action with patterns spelt out and spans in milliseconds. */
export function resolveAction(
  { name, match, do: steps, writesPerRun }: ActionInput,
  ruleIds: readonly string[],
): Action {
  const patterns = [match.rule].flat();
  return {
    name,
    match: {
      rules: ruleIds.filter((id) => patterns.some((pattern) => matchesGlob(pattern, id))),
      statuses: [match.status ?? 'fail'].flat(),
    },
    steps: steps.map(resolveStep),
    writesPerRun: writesPerRun ?? null,
  };
}

/** Nobody wants to be told the same every night. */
const COOLDOWN = '7d';

function resolveStep(step: ActionInput['do'][number]): Step {
  const common = { afterMs: milliseconds(step.after), approval: step.approval === 'required' };
  if (step.label !== undefined) return { kind: 'label', label: step.label, ...common };
  if (step.property !== undefined) return { kind: 'property', key: step.property, ...common };
  if (step.comment !== undefined)
    return { kind: 'comment', template: step.comment, cooldownMs: milliseconds(step.cooldown ?? COOLDOWN), ...common };
  // A page is never taken away without somebody's word.
  return { kind: step.trash === true ? 'trash' : 'archive', ...common, approval: true };
}

const milliseconds = (span: string | undefined): number => (span === undefined ? 0 : (durationMs(span) ?? 0));
