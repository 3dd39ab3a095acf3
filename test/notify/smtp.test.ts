import { expect, it } from 'vitest';
import type { Message } from '../../src/notify/message.ts';
import { sendMail, smtpOptions } from '../../src/notify/smtp.ts';
import { openMailServer } from '../alerts/mail-server.ts';
import { leaksIn, PASSWORD } from '../canary/canary.ts';
import { hostileDigest } from './hostile.ts';

const LOGIN = { user: 'audit', pass: PASSWORD };
const MESSAGE: Message = { kind: 'digest', digest: hostileDigest('Runbook\r\nBcc: victim@example.com') };
const mail = {
  from: 'Audit <audit@example.com>',
  to: ['ops@example.com', 'sre@example.com'],
  message: MESSAGE,
  signal: new AbortController().signal,
};

it.each([
  ['smtp.example.com', 465, { secure: true, requireTLS: false }],
  ['smtp.example.com', 587, { secure: false, requireTLS: true }],
  ['10.0.0.5', 25, { secure: false, requireTLS: true }],
  ['127.0.0.1', 1025, { secure: false, requireTLS: false }],
  ['localhost', 1025, { secure: false, requireTLS: false }],
])('%s:%i is spoken to with %j', (host, port, expected) => {
  expect(smtpOptions({ host, port }, LOGIN)).toMatchObject(expected);
});

it('is taken with its id, for the named recipients alone', async () => {
  const server = await openMailServer();
  const sent = await sendMail(smtpOptions({ host: '127.0.0.1', port: server.port }, LOGIN), mail);
  expect(sent).toEqual({ ok: true, how: 'The mail server took it.' });
  const [{ to, data } = { to: [], data: '' }] = server.mails;
  expect(to).toEqual(mail.to);
  expect(data).toContain('Message-ID: <019af0a0-0000-7000-8000-000000000001@confluence-audit-worker>');
  const head = data.split('\n\n')[0] ?? '';
  expect(head).toContain('Auto-Submitted: auto-generated');
  expect(head).not.toMatch(/^Bcc:/m);
});

it('neither user nor password leaves where the server, or somebody on the way, offers no TLS', async () => {
  const server = await openMailServer();
  const options = { ...smtpOptions({ host: 'smtp.example.com', port: server.port }, LOGIN), host: '127.0.0.1' };
  expect(await sendMail(options, mail)).toMatchObject({ ok: false, why: expect.stringMatching(/^Not sent: /) });
  expect(server.commands).not.toContain('AUTH');
  expect(server.mails).toEqual([]);
});

it.each([
  ['auth', false, 'Not sent: the mail server refuses user or password (535).'],
  ['recipients', true, 'Not sent: the mail server refuses sender or recipients (550).'],
] as const)('a server that refuses %s is told so, without what it said', async (refuse, ofMessage, why) => {
  const server = await openMailServer({ refuse });
  const sent = await sendMail(smtpOptions({ host: '127.0.0.1', port: server.port }, LOGIN), mail);
  expect(sent).toEqual({ ok: false, why, ofMessage, askedMs: null });
  expect(leaksIn(JSON.stringify(sent))).toEqual([]);
});

it('a server that never comes to an end is left with the signal', async () => {
  const server = await openMailServer({ refuse: 'to-answer' });
  const stop = new AbortController();
  const waiting = sendMail(smtpOptions({ host: '127.0.0.1', port: server.port }, null), {
    ...mail,
    signal: stop.signal,
  });
  setTimeout(() => stop.abort(), 100);
  expect(await waiting).toMatchObject({ ok: false, why: 'Not sent: the mail server did not answer in time.' });
});

it('a server that is not there is a failure that can be read', async () => {
  expect(await sendMail(smtpOptions({ host: '127.0.0.1', port: 1 }, null), mail)).toMatchObject({
    ok: false,
    why: 'Not sent: the connection to the mail server failed.',
  });
});
