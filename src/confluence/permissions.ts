import { z } from 'zod';
import { AuditError } from '../domain/errors.ts';
import { ENDPOINTS } from './endpoints.ts';
import { readObject } from './list.ts';
import type { Ask } from './request.ts';

export type PermissionAnswer = 'allowed' | 'denied' | 'not-permitted-to-ask';

/** Asks Confluence itself: site, space and restrictions together. Only administrators may ask about others. */
export async function checkPermission(
  ask: Ask,
  pageId: string,
  subject: { readonly type: 'user' | 'group'; readonly id: string },
  operation: 'read' | 'update',
): Promise<PermissionAnswer> {
  const json = { subject: { type: subject.type, identifier: subject.id }, operation };
  try {
    const answer = await ask({ endpoint: ENDPOINTS.permissionCheck, path: { id: pageId }, json });
    // A denial is a 200.
    return readObject(answer, z.looseObject({ hasPermission: z.boolean() })).hasPermission ? 'allowed' : 'denied';
  } catch (error) {
    if (error instanceof AuditError && (error.code === 'forbidden' || error.code === 'scope-missing')) {
      return 'not-permitted-to-ask';
    }
    throw error;
  }
}
