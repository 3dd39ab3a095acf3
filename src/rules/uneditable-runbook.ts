import { z } from 'zod';
import { groupMayEdit } from '../domain/effective-editors.ts';
import { quoted } from '../domain/printable.ts';
import { readerNames } from '../domain/reader-names.ts';
import { defineRule } from '../domain/rule.ts';

/**
 * Finds runbooks that an on-call group may not edit, from the editing restriction of the page itself; whether it can read them is
 * judged by unreadable-runbook. The permissions of the space are only known where Confluence is asked, so a space in which the
 * group may not edit at all goes unnoticed. A runbook that is kept closed on purpose and corrected by its owner alone is a finding.
 */
export default defineRule({
  id: 'uneditable-runbook',
  title: 'On-call group cannot edit the runbook',
  why: 'Whoever finds the wrong step in the middle of an incident cannot correct it, and the next reader follows it again.',
  severity: 'medium',
  remediation: 'Add the group to those who may edit the page.',
  explanation: [
    'A runbook that a group of `readers.onCallGroups` cannot edit.',
    'The editing restriction of the page itself decides; unlike those on viewing it is not handed down. Where people are listed by name, `confidence` is `partial`. Confluence itself is asked about findings and doubts, as for [`unreadable-runbook`](#unreadable-runbook). That a group may edit nothing in a space goes unnoticed.',
  ],
  example: 'The group "sre-oncall" cannot edit the runbook: its editing restriction does not list it.',
  appliesTo: 'runbooks',
  options: z.strictObject({}),
  needs: ['restrictions'],
  *check({ page, restrictions }, { onCallGroups }) {
    if (onCallGroups.length === 0) {
      yield { status: 'not-applicable', reason: 'No on-call group is configured (readers.onCallGroups).' };
      return;
    }
    for (const group of onCallGroups) {
      const access = groupMayEdit(page.id, group.id, restrictions);
      const subject = { type: 'group', id: group.id } as const;
      const confirm = { operation: 'update', subject } as const;
      if (access.editable) {
        if (access.doubt === null) continue;
        const reason = `Nothing that is visible keeps the group ${quoted(group.name)} from editing the runbook, but that is not certain. ${access.doubt}`;
        yield { status: 'skip', reason, subject, confidence: 'partial', confirm };
        continue;
      }
      const { editors, confidence } = access;
      const doubt =
        confidence === 'full' ? '' : ' Members of the group may be among the people who are listed by name.';
      yield {
        reason: `The group ${quoted(group.name)} cannot edit the runbook: its editing restriction does not list it.${doubt}`,
        subject,
        evidence: {
          readers: readerNames(editors, onCallGroups),
          blocked_by_page_id: page.id,
          how_known: 'restrictions',
        },
        confidence,
        confirm,
      };
    }
  },
});
