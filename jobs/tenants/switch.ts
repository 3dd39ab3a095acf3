import { createActing } from '../../src/runtime/operator.ts';
import { recordAct } from '../../src/store/acts.ts';
import { switchTenant } from '../../src/store/registry.ts';
import { findRegistered, withStore } from './registry.ts';
import { type Verb, wrongWords } from './verb.ts';

const verb = (name: 'disable' | 'enable', enabled: boolean, about: string): Verb => ({
  words: `${name} ID …`,
  about,
  takes: [],
  async run(context, _flags, ids) {
    if (ids.length === 0) throw wrongWords(this);
    return withStore(context, async (store) => {
      for (const id of ids) await findRegistered(context, store, id);
      for (const id of ids) {
        await store.withTenant(id, async (tx) => {
          await switchTenant(tx, enabled);
          await recordAct(tx, createActing(context.clock), { action: `tenant-${name}` });
        });
      }
      context.stdout.write(`${ids.map((id) => `Tenant ${id} is ${name}d.`).join('\n')}\n`);
      return 0;
    });
  },
});

/** Stops a running audit of the tenant before its next request, and begins no other. */
export const disable = verb('disable', false, 'stops: a running audit asks for nothing more, and none begins');

export const enable = verb('enable', true, 'lets the tenant be audited again, from its next slot on');
