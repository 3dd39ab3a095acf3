import { matchesGlob } from '../src/domain/glob.ts';
import type { ActionInput } from './action-schema.ts';
import { durationMs } from './duration.ts';
import type { Action, ActionStep } from './settings.ts';

/** An action with patterns spelt out and spans in milliseconds. */
export function resolveAction({ name, match, do: steps }: ActionInput, ruleIds: readonly string[]): Action {
  const patterns = [match.rule].flat();
  return {
    name,
    match: {
      rules: ruleIds.filter((id) => patterns.some((pattern) => matchesGlob(pattern, id))),
      statuses: [match.status ?? 'fail'].flat(),
    },
    steps: steps.map(resolveStep),
  };
}

function resolveStep(step: ActionInput['do'][number]): ActionStep {
  const common = { afterMs: milliseconds(step.after), approval: step.approval === 'required' };
  if (step.label !== undefined) return { kind: 'label', label: step.label, ...common };
  if (step.comment === undefined) return { kind: 'archive', ...common };
  return { kind: 'comment', template: step.comment, cooldownMs: milliseconds(step.cooldown), ...common };
}

const milliseconds = (span: string | undefined): number => (span === undefined ? 0 : (durationMs(span) ?? 0));
