import { createActing } from '../../src/runtime/operator.ts';
import { recordAct } from '../../src/store/acts.ts';
import { deleteDueTenants, removeTenant } from '../../src/store/removal.ts';
import { unknownTenant } from './find-tenant.ts';
import { readSaved, readWritten, withStore } from './registry.ts';
import { onlyWord, refusal, type Verb } from './verb.ts';

const GRACE_SECONDS = 7 * 86_400;

/** Deletes the credential at once, and the data after a while in which `tenants add` brings it back. */
export const remove: Verb = {
  words: 'remove ID [--grace SPAN | --now]',
  about: 'deletes the credential at once and the data after 7 days, or after --grace, or --now',
  takes: ['grace', 'now'],
  async run(context, { grace = GRACE_SECONDS, now }, words) {
    const id = onlyWord(this, words);
    const file = (await readWritten(context)).get(id);
    if (file !== undefined) {
      throw refusal(`Tenant ${id} stands in ${file}: take it out there first, or it would only come back.`);
    }
    return withStore(context, async (store) => {
      const saved = await readSaved(store);
      if (!saved.some(({ tenantId }) => tenantId === id)) {
        throw unknownTenant(
          id,
          saved.map(({ tenantId }) => tenantId),
        );
      }
      const due = await store.withTenant(id, async (tx) => {
        const moment = await removeTenant(tx, now === true ? 0 : grace);
        await recordAct(tx, createActing(context.clock), { action: 'tenant-remove', detail: { dataUntil: moment } });
        return moment;
      });
      const deleted = await deleteDueTenants(store, context.signal);
      const gone = deleted.find(({ tenantId }) => tenantId === id);
      context.stdout.write(
        gone === undefined
          ? `The credential of tenant ${id} is deleted; its data will be from ${due} on. Until then \`tenants add ${id}\` takes it back.\n`
          : `The credential and the data of tenant ${id} are deleted: ${gone.rows} rows.\n`,
      );
      return 0;
    });
  },
};
