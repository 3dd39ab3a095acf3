import { once } from 'node:events';
import { openHouse, readSettings } from '../src/app.ts';
import { asAuditError } from '../src/domain/errors.ts';
import { errorFields } from '../src/runtime/log-fields.ts';
import { createTicker } from '../src/schedule/ticker.ts';
import { readTenants, syncTenants, takeSlot } from '../src/store/tenants.ts';
import { defineJob } from './define-job.ts';
