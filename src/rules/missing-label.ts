import { z } from 'zod';
import { matchesGlob } from '../domain/glob.ts';
import { quoted } from '../domain/printable.ts';
import { defineRule } from '../domain/rule.ts';

const patterns = z.array(z.string().min(1)).default([]);

/**
 * Finds pages that lack a label which every page, or every runbook, is to have. Nothing is required unless the configuration
 * says so. Wrongly named are pages whose label was added a moment ago, since the search that tells labels lags behind.
 */
export default defineRule({
  id: 'missing-label',
  title: 'Page lacks a required label',
  why: 'Reports, searches and automations that go by the label leave the page out, and nobody misses it.',
  severity: 'low',
  remediation: 'Add the label that the finding names.',
  explanation: [
    'A page without a label that every page, or every runbook, is to have. Unless the configuration requires a label the rule does not apply.',
  ],
  example: 'The page lacks the required label "runbook" or "playbook".',
  appliesTo: 'pages',
  options: z.strictObject({
    required: patterns.describe(
      'What every page must have; `a|b` asks for one of the two, `tier-*` for any that fits.',
    ),
    onRunbooks: patterns.describe('What runbooks must have besides, in the same form.'),
  }),
  needs: ['labels'],
  *check({ labels, isRunbook }, _context, { required, onRunbooks }) {
    const wanted = isRunbook ? [...required, ...onRunbooks] : required;
    if (wanted.length === 0) {
      yield { status: 'not-applicable', reason: 'No label is required of this page (options required, onRunbooks).' };
      return;
    }
    const names = labels.filter(({ prefix }) => prefix === 'global').map(({ name }) => name);
    const missing = [...new Set(wanted)].filter(
      (group) => !group.split('|').some((pattern) => names.some((name) => matchesGlob(pattern.trim(), name))),
    );
    if (missing.length === 0) return;
    const told = missing.map((group) =>
      group
        .split('|')
        .map((pattern) => quoted(pattern))
        .join(' or '),
    );
    yield {
      reason: `The page lacks ${missing.length === 1 ? 'the required label' : 'the required labels'} ${told.join(', ')}.`,
      evidence: { missing_labels: missing },
    };
  },
});
