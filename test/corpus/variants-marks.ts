import { code, image, text, viewFile } from '../../src/simulator/seed/storage.ts';
import { OWN_SAMPLES, PROVIDER_SAMPLES } from '../scan/samples.ts';
import type { Variant } from './variant.ts';

const secret = (kind: string): string => (PROVIDER_SAMPLES[kind] ?? OWN_SAMPLES[kind] ?? [])[0] ?? '';
const kilobyte = 1_000;

/** Secrets, files and labels of a runbook. */
export const MARKS: readonly Variant[] = [
  {
    about: 'a token in its commands',
    expected: ['secret-in-body', 'sensitive-page-open'],
    change: ({ more }) => ({ more: more + code('bash', [`export TOKEN=${secret('github')}`]) }),
  },
  {
    about: 'a key of a cloud, on a restricted page',
    expected: ['secret-in-body'],
    change: ({ more }) => ({
      more: more + code('ini', [secret('aws')]),
      read: { groups: ['sre-oncall', 'vault-keepers'] },
    }),
  },
  {
    about: 'what looks like a password',
    expected: ['secret-in-body'],
    change: ({ more }, { say }) => ({ more: more + text(`${say('Password', 'Passwort')}: q7Lm2vT9x#4K`) }),
  },
  {
    about: 'example keys of a documentation',
    expected: [],
    change: ({ more }) => ({
      more:
        more +
        code('bash', [
          'export AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE',
          'export DB=postgres://svc:Tr0ub4dor@db.example.com/a',
        ]),
    }),
  },
  {
    about: 'references to secrets, and advice about them',
    expected: [],
    change: ({ more }) => ({
      more:
        more +
        code('bash', ['login --password "$PASSWORD_OF_SHOP"', 'token=$(vault read -field=x kv/shop)']) +
        text('The password: at least 12 characters.'),
    }),
  },
  {
    about: 'shows a file that it does not have',
    expected: ['missing-attachment'],
    change: ({ more }) => ({ more: more + image('flow.png') }),
  },
  {
    about: 'shows a file that was deleted',
    expected: ['missing-attachment'],
    change: ({ more }) => ({ more: more + image('old.png'), files: [{ title: 'old.png', deleted: true }] }),
  },
  {
    about: 'shows its files, in other capitals and other accents',
    expected: [],
    change: ({ more }) => ({
      more: more + image('Flow.PNG') + viewFile('Übersicht.pdf'),
      files: [{ title: 'flow.png' }, { title: 'Übersicht.pdf'.normalize('NFD') }],
    }),
  },
  {
    about: 'holds a file that nothing shows',
    expected: ['unreferenced-attachment'],
    change: () => ({ files: [{ title: 'plan-2019.pdf' }] }),
  },
  {
    about: 'a list of its files shows them all',
    expected: [],
    change: ({ more }) => ({
      more: `${more}<ac:structured-macro ac:name="attachments" />`,
      files: [{ title: 'a.pdf' }, { title: 'b.pdf' }],
    }),
  },
  {
    about: 'holds a program',
    expected: ['dangerous-attachment'],
    change: ({ more }) => ({ more: more + viewFile('setup.exe'), files: [{ title: 'setup.exe' }] }),
  },
  {
    about: 'holds a program that is called a picture',
    expected: ['dangerous-attachment'],
    change: ({ more }) => ({
      more: more + image('photo.jpg'),
      files: [{ title: 'photo.jpg', type: 'application/x-msdownload' }],
    }),
  },
  {
    about: 'holds a key and a dump',
    expected: ['secret-bearing-attachment'],
    change: ({ more }) => ({
      more: more + viewFile('server.key') + viewFile('shop-dump-2.sql.gz'),
      files: [{ title: 'server.key' }, { title: 'shop-dump-2.sql.gz', size: 9_000 * kilobyte }],
    }),
  },
  {
    about: 'holds a certificate, a template and a presentation',
    expected: [],
    change: ({ more }) => ({
      more: more + viewFile('chain.pem') + viewFile('shop.env.example') + viewFile('Rollout.key'),
      files: [
        { title: 'chain.pem' },
        { title: 'shop.env.example' },
        { title: 'Rollout.key', size: 4_000 * kilobyte, type: 'application/x-iwork-keynote-sffkey' },
      ],
    }),
  },
  {
    about: 'holds a film',
    expected: ['oversize-attachment'],
    change: ({ more }) => ({
      more: more + viewFile('tour.mp4'),
      files: [{ title: 'tour.mp4', size: 26_000 * kilobyte }],
    }),
  },
  {
    about: 'a file just below the limit',
    expected: [],
    change: ({ more }) => ({
      more: more + viewFile('tour.mp4'),
      files: [{ title: 'tour.mp4', size: 25_000 * kilobyte }],
    }),
  },
  {
    about: 'a label that contradicts it',
    expected: ['conflicting-labels'],
    change: ({ labels }) => ({ labels: [...labels, 'runbook', 'deprecated'] }),
  },
  {
    about: 'draft and approved',
    expected: ['conflicting-labels'],
    change: ({ labels }) => ({ labels: [...labels, 'draft', 'approved'] }),
  },
  {
    about: 'deprecated things are its subject',
    expected: [],
    change: ({ labels }) => ({ labels: [...labels, 'deprecated-api', 'drafts'] }),
  },
  {
    about: 'a label with a typing error',
    expected: ['label-typo'],
    change: ({ labels }) => ({ labels: [...labels, 'evergren'] }),
  },
  {
    about: 'a date label that nobody reads',
    expected: ['label-typo'],
    change: ({ labels }, { day }) => ({ labels: [...labels, `reviewd-${day(20)}`] }),
  },
  {
    about: 'a review on a day that no calendar has',
    expected: ['label-typo'],
    change: ({ labels }) => ({ labels: [...labels, 'reviewed-2026-02-30'] }),
  },
  {
    about: 'words that are close to nothing',
    expected: [],
    change: ({ labels }) => ({ labels: [...labels, 'tier1', 'tier2', 'shop', 'rules'] }),
  },
  {
    about: 'lacks the label of a team',
    expected: ['missing-label'],
    change: ({ labels }) => ({ labels: labels.filter((label) => !label.startsWith('team-')) }),
  },
  {
    about: 'exempt, whatever else is wrong',
    expected: [],
    change: ({ labels, more }) => ({
      labels: [...labels, 'evergreen', 'deprecated'],
      edits: [{ by: 'ben', age: 700 }],
      created: 900,
      tested: null,
      escalation: null,
      more: more + image('none.png') + text('TODO'),
    }),
  },
];
