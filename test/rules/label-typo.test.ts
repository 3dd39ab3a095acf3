import rule from '../../src/rules/label-typo.ts';
import { label, pageView } from '../page-view.ts';
import { testRule } from '../rule-tester.ts';

const labelled = (...names: readonly string[]) => pageView({ labels: names.map((name) => label(name)) });
const context = { labelWords: ['runbook', 'evergreen', 'meeting-notes', 'tier1', 'ops', 'docaudit-*'] };

testRule(rule, {
  fine: [
    { name: 'no label', view: labelled(), context },
    { name: 'labels as they are meant', view: labelled('runbook', 'Evergreen', 'meeting-notes'), context },
    { name: 'dates as they are read', view: labelled('reviewed-2027-05-01', 'review-by-2028-01-01'), context },
    { name: 'words of their own', view: labelled('database', 'guidebook', 'release-2027-05-01', 'forever'), context },
    { name: 'a sibling by its number', view: labelled('tier2', 'tier13'), context },
    { name: 'a short word', view: labelled('ips', 'oops'), context },
    { name: 'a word that is known', view: labelled('rulebook'), context, options: { known: ['Rulebook'] } },
    { name: "somebody's own label", view: pageView({ labels: [label('runbok', 'my')] }), context },
    { name: 'a long label of a stranger', view: labelled('x'.repeat(255)), context },
  ],
  found: [
    {
      name: 'a letter is missing',
      view: labelled('runbok', 'database'),
      context,
      reason: /^A label seems to be misspelt: "runbok" \(did you mean "runbook"\?\)\.$/,
      result: { severity: 'info', evidence: { labels: ['runbok'], meant: ['runbook'] } },
    },
    { name: 'a plural', view: labelled('runbooks'), context, reason: /"runbooks" \(did you mean "runbook"/ },
    { name: 'another dash', view: labelled('meeting_notes'), context, reason: /"meeting-notes"/ },
    {
      name: 'several',
      view: labelled('runbbok', 'evergren'),
      context,
      reason: /^Labels seem to be misspelt: "runbbok" .*, "evergren" \(did you mean "evergreen"\?\)\.$/,
    },
    { name: 'a word of the option', view: labelled('databse'), options: { known: ['database'] }, reason: /"database"/ },
    { name: 'a misspelt review', view: labelled('reviewd-2027-05-01'), reason: /"reviewed-YYYY-MM-DD"/ },
    { name: 'a review in another form', view: labelled('reviewed-20270501'), reason: /"reviewed-YYYY-MM-DD"/ },
    { name: 'a day that no calendar has', view: labelled('reviewed-2027-02-30'), reason: /"reviewed-YYYY-MM-DD"/ },
    { name: 'a misspelt date of review', view: labelled('reviewby-2027-05-01'), reason: /"review-by-YYYY-MM-DD"/ },
  ],
});
