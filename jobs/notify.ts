import { z } from 'zod';
import { receiversOf } from '../config/receivers.ts';
import { openSend } from '../src/messages.ts';
import { closest } from '../src/domain/closest.ts';
import { AuditError } from '../src/domain/errors.ts';
import { formatRows } from '../src/report/formats.ts';
import { createRandom } from '../src/runtime/random.ts';
import { readFileSettings } from '../src/settings.ts';
import { defineJob } from './define-job.ts';

export default defineJob({
  name: 'notify',
  summary: 'Sends a test message to the receivers of alerts and says how each answered.',
  examples: ['npm run notify -- test', 'npm run -s notify -- test --to slack --format json'],
  flags: {
    to: { value: 'NAME', about: 'Only this receiver.', schema: z.string().min(1).optional() },
    format: { value: 'table|json', about: 'How to print.', schema: z.enum(['table', 'json']).default('table') },
  },
  operands: {
    names: 'test',
    about: 'What to do.',
    schema: z.tuple([z.literal('test')], { error: 'must be test' }),
  },
  async run(context, { to, format }) {
    const { config } = await readFileSettings(context);
    const receivers = receiversOf(config.notify);
    const chosen = receivers.filter(({ name }) => to === undefined || name === to);
    if (chosen.length === 0) throw nobody(to, receivers);
    const send = openSend(context, () => config);
    const { id } = createRandom(context.clock);
    const at = context.clock.now().toISOString();
    const rows = await Promise.all(
      chosen.map(async (receiver) => {
        const sent = await send(receiver, { kind: 'test', id: id(), at });
        return [receiver.name, receiver.type, sent.ok ? 'delivered' : 'failed', sent.ok ? sent.how : sent.why];
      }),
    );
    const columns = ['receiver', 'type', 'outcome', 'answer'];
    context.stdout.write(formatRows({ columns, rows }, format, context.columns));
    return rows.every(([, , outcome]) => outcome === 'delivered') ? 0 : 1;
  },
});

function nobody(to: string | undefined, receivers: ReturnType<typeof receiversOf>): AuditError {
  if (to === undefined || receivers.length === 0)
    return new AuditError(
      'arguments-invalid',
      'No receiver is configured: docs/alerts.md shows what to write below notify.',
    );
  const names = receivers.map(({ name }) => name);
  const meant = closest(to, names);
  return new AuditError(
    'arguments-invalid',
    `--to ${to}: there is no such receiver${meant === null ? `; there are ${names.join(', ')}` : `; did you mean "${meant}"?`}.`,
  );
}
