import { createServer, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** A mail server on loopback that speaks as much SMTP as a client needs, without TLS; gone after the test. */
export async function openMailServer({ refuse }: { readonly refuse?: 'auth' | 'recipients' | 'to-answer' } = {}) {
  const mails: { readonly to: string[]; readonly data: string }[] = [];
  const commands: string[] = [];
  const answer = (line: string, to: string[]): string => {
    commands.push(line.split(/[ :]/)[0]?.toUpperCase() ?? '');
    if (/^EHLO/i.test(line)) return '250-loopback\r\n250 AUTH PLAIN';
    if (/^STARTTLS/i.test(line)) return '502 not here';
    if (/^AUTH/i.test(line)) return refuse === 'auth' ? '535 no such user' : '235 welcome';
    if (/^MAIL FROM/i.test(line)) to.length = 0;
    if (/^RCPT TO/i.test(line)) {
      if (refuse === 'recipients') return '550 unknown';
      to.push(/<(.*)>/.exec(line)?.[1] ?? '');
    }
    if (/^DATA/i.test(line)) return '354 go on';
    return /^QUIT/i.test(line) ? '221 bye' : '250 ok';
  };
  const talk = (socket: Socket): void => {
    const to: string[] = [];
    let rest = '';
    let data: string[] | null = null;
    if (refuse === 'to-answer') return;
    socket.on('error', () => undefined).write('220 loopback\r\n');
    socket.setEncoding('utf8').on('data', (text: string) => {
      const lines = (rest + text).split('\r\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        if (data === null) {
          socket.write(`${answer(line, to)}\r\n`);
          if (/^DATA/i.test(line)) data = [];
        } else if (line === '.') {
          mails.push({ to: [...to], data: data.join('\n') });
          data = null;
          socket.write('250 taken\r\n');
        } else data.push(line);
      }
    });
  };
  const server = createServer(talk);
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return { port: (server.address() as AddressInfo).port, mails, commands };
}
