import type { Attachment } from '../../src/domain/inventory.ts';
import rule from '../../src/rules/secret-bearing-attachment.ts';
import { attachment, pageView } from '../page-view.ts';
import { testRule } from '../rule-tester.ts';

const view = (title: string, partial: Partial<Attachment> = {}) =>
  pageView({ attachments: [attachment(title, partial)] });

testRule(rule, {
  fine: [
    ...[
      'flow.png',
      'environment.md',
      'keys.txt',
      'monkey.jpg',
      'id_rsa.pub',
      'id_ed25519.pub',
      'public_key.pem',
      'server-cert.pem',
      'fullchain.pem',
      'ca-bundle.pem',
      'ca.pem',
      'root-ca.pem',
      '.env.example',
      '.env.template',
      'app.env.sample',
      'find-slow-queries.sql',
      'schema.sql',
      'wallet.png',
      'credentials.png',
      'server.crt',
    ].map((title) => ({ name: title, view: view(title) })),
    {
      name: 'slides of Keynote by their type',
      view: view('All hands.key', { mediaType: 'application/vnd.apple.keynote' }),
    },
    { name: 'slides of Keynote by their size', view: view('All hands.key', { fileSize: 4_000_000 }) },
    { name: 'a key in the trash', view: view('server.key', { status: 'trashed' }) },
    { name: 'a name that is allowed', view: view('Demo-key.pem'), options: { allow: ['demo-*.pem'] } },
    { name: 'a kind that the list leaves out', view: view('a.ppk'), options: { names: ['*.pem'] } },
  ],
  found: [
    {
      name: 'a private key',
      view: view('Server.KEY'),
      reason: /^The attachment "Server\.KEY" is named like a file that holds keys or passwords \(\*\.key\)\.$/,
      result: {
        severity: 'critical',
        subject: { type: 'attachment', id: 'att1' },
        evidence: { file_name: 'Server.KEY', media_type: 'application/octet-stream', file_size: 2_048 },
      },
    },
    ...[
      'a.pem',
      'a.pfx',
      'a.p12',
      'team.kdbx',
      'putty.ppk',
      '.env',
      '.env.production',
      'prod.env',
      'id_rsa',
      'id_rsa (1)',
      'server (2).pem',
      'wallet.dat',
      'kubeconfig-prod',
      'secrets.yaml',
      '.pgpass',
      'service-account-prod.json',
      'credentials',
    ].map((title) => ({ name: title, view: view(title), reason: /keys or passwords/ })),
    ...['orders.dump', 'core.dmp', 'shop.bak', 'backup-2027-01-01.sql', 'prod_dump.sql.gz', 'heap.hprof'].map(
      (title) => ({
        name: title,
        view: view(title),
        reason: /the content of a database/,
      }),
    ),
    { name: 'a name that is written backwards', view: view('key\u202Emep.pem'), reason: /\*\.pem/ },
    { name: 'a size that is not known', view: view('a.key', { fileSize: null }), reason: /\*\.key/ },
    {
      name: 'any page, runbook or not',
      view: { ...view('a.pem'), isRunbook: false },
      reason: /keys/,
      result: { severity: 'critical' },
    },
  ],
});
