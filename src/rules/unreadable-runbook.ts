import { z } from 'zod';
import { groupAccess } from '../domain/effective-readers.ts';
import { quoted } from '../domain/printable.ts';
import { readerNames } from '../domain/reader-names.ts';
import { defineRule } from '../domain/rule.ts';

/** Finds runbooks that an on-call group cannot open, from the restrictions along the whole way to the root. */
export default defineRule({
  id: 'unreadable-runbook',
  title: 'On-call group cannot read the runbook',
  why: 'Whoever is paged at night gets "no access" instead of the steps, and the person who could grant it is asleep.',
  severity: 'critical',
  remediation: 'Add the group to the viewers of the page that the finding names, or remove the restriction there.',
  explanation: [
    'A runbook that a group of `readers.onCallGroups` cannot open.',
    'Read restrictions are handed down: every page and folder on the way to the root that has a list of its own must name the group. One finding for each group that is left out; it names the nearest node that shuts the group out and who may pass there.',
    '- Where people are listed by name beside the groups, members of the group may be among them: `confidence` is `partial`.',
    '- Where an ancestor is invisible to the account, or the lists of the page could not be read, and nothing else shuts the group out, the result is `skip`.',
    '- In these cases and for every finding Confluence itself is asked, if the account may: `allowed` drops the result, `denied` makes it certain. That answer also knows the permissions of the space, which the restrictions alone do not show.',
    'Without `readers.onCallGroups` the rule does not apply, and findings that it had are closed as out of scope.',
  ],
  example:
    'The group "sre-oncall" cannot read the runbook: the viewing restriction on the page itself does not list it.',
  appliesTo: 'runbooks',
  options: z.strictObject({}),
  needs: ['restrictions'],
  *check({ page, restrictions }, { onCallGroups }) {
    if (onCallGroups.length === 0) {
      yield { status: 'not-applicable', reason: 'No on-call group is configured (readers.onCallGroups).' };
      return;
    }
    for (const group of onCallGroups) {
      const access = groupAccess(group.id, restrictions);
      const subject = { type: 'group', id: group.id } as const;
      const confirm = { operation: 'read', subject } as const;
      if (access.readable) {
        if (access.doubt === null) continue;
        const reason = `Nothing that is visible keeps the group ${quoted(group.name)} from reading the runbook, but that is not certain. ${access.doubt}`;
        yield { status: 'skip', reason, subject, confidence: access.confidence, confirm };
        continue;
      }
      const { blockedBy, moreBlocks } = access;
      const place = blockedBy.pageId === page.id ? 'the page itself' : `its ancestor ${quoted(blockedBy.title)}`;
      const more = moreBlocks === 0 ? '' : ` and ${moreBlocks} more above it`;
      const doubt = access.doubt === null ? '' : ` ${access.doubt}`;
      yield {
        reason: `The group ${quoted(group.name)} cannot read the runbook: the viewing restriction on ${place}${more} does not list it.${doubt}`,
        subject,
        evidence: {
          readers: readerNames(access.readers, onCallGroups),
          blocked_by_page_id: blockedBy.pageId,
          how_known: 'restrictions',
        },
        confidence: access.confidence,
        confirm,
      };
    }
  },
});
