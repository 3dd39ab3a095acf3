import { expect, it } from 'vitest';
import { judgePage } from '../../src/domain/judge.ts';
import type { Attachment } from '../../src/domain/inventory.ts';
import rule from '../../src/rules/dangerous-attachment.ts';
import { attachment, NOW, pageView } from '../page-view.ts';
import { testRule } from '../rule-tester.ts';

const view = (title: string, partial: Partial<Attachment> = {}) =>
  pageView({ attachments: [attachment(title, partial)] });
const ofType = (title: string, mediaType: string) => view(title, { mediaType });

testRule(rule, {
  fine: [
    { name: 'a picture', view: ofType('flow.png', 'image/png') },
    {
      name: 'a document without macros',
      view: ofType('plan.docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'),
    },
    { name: 'a shell script', view: view('deploy.sh') },
    { name: 'a name that only contains the letters', view: view('exe-howto.md') },
    { name: 'a name without an extension', view: view('exe') },
    { name: 'a plain file that is declared as bytes', view: ofType('dump', 'application/octet-stream') },
    { name: 'one that lies in the trash', view: view('old.exe', { status: 'trashed' }) },
    { name: 'an extension that is allowed', view: view('Deploy.PS1'), options: { allow: ['ps1'] } },
    { name: 'an extension that is allowed with its dot', view: view('deploy.ps1'), options: { allow: ['.ps1'] } },
    { name: 'a name that is allowed', view: view('Deploy-eu.ps1'), options: { allow: ['deploy-*.ps1'] } },
    { name: 'a kind that the list leaves out', view: view('a.jar'), options: { extensions: ['exe'] } },
  ],
  found: [
    {
      name: 'a program',
      view: ofType('setup.exe', 'application/x-msdownload'),
      reason: /^The attachment "setup\.exe" is of a kind \(\.exe\) that can run code/,
      result: {
        severity: 'high',
        subject: { type: 'attachment', id: 'att1' },
        evidence: { file_name: 'setup.exe', media_type: 'application/x-msdownload', file_size: 2_048 },
      },
    },
    ...[
      'A.MSI',
      'a.bat',
      'a.cmd',
      'a.ps1',
      'a.vbs',
      'a.js',
      'a.jar',
      'a.scr',
      'a.hta',
      'a.iso',
      'a.lnk',
      'a.com',
      'a.xlsm',
      'a.docm',
      'a.pptm',
    ].map((title) => ({ name: `the kind of ${title}`, view: view(title), reason: /of a kind/ })),
    { name: 'a second extension', view: view('invoice.pdf.exe'), reason: /\(\.exe\)/ },
    { name: 'a dot and blanks at the end, which Windows drops', view: view('setup.exe. '), reason: /\(\.exe\)/ },
    {
      name: 'a name that is written backwards',
      view: view('photo_\u202Egpj.exe'),
      reason: /"photo_gpj\.exe" is of a kind \(\.exe\)/,
    },
    { name: 'an invisible character within the extension', view: view('setup.e\u200Bxe'), reason: /\(\.exe\)/ },
    {
      name: 'a program that calls itself a document',
      view: ofType('invoice.pdf', 'application/x-msdownload; charset=binary'),
      reason: /declared as a program \(application\/x-msdownload\) although its name ends in \.pdf\.$/,
    },
    {
      name: 'a program without an extension',
      view: ofType('tool', 'application/x-dosexec'),
      reason: /its name has no extension\.$/,
    },
    {
      name: 'a document with macros under a harmless name',
      view: ofType('plan.docx', 'application/vnd.ms-word.document.macroEnabled.12'),
      reason: /macroenabled/,
    },
    {
      name: 'an allowed extension does not excuse a disguise',
      view: ofType('a.pdf', 'application/x-msdownload'),
      options: { allow: ['pdf'] },
      reason: /declared/,
    },
    {
      name: 'a size that Confluence does not tell',
      view: view('a.exe', { fileSize: null }),
      reason: /kind/,
      result: { evidence: { file_name: 'a.exe', media_type: 'application/octet-stream', file_size: null } },
    },
    {
      name: 'any page, runbook or not',
      view: { ...view('a.exe'), isRunbook: false },
      reason: /kind/,
      result: { severity: 'high' },
    },
  ],
});

it('judges each attachment by itself', () => {
  const attachments = [attachment('a.exe'), attachment('b.png', { id: 'att2' }), attachment('a.exe', { id: 'att3' })];
  const results = judgePage(
    rule,
    pageView({ attachments }),
    { now: NOW, onCallGroups: [], auditAccountId: null, labelWords: [] },
    { severity: 'high', options: {} },
  );
  expect(results.map(({ subject }) => subject.id)).toEqual(['att1', 'att3']);
});
