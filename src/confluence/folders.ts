import { z } from 'zod';
import type { Folder } from '../domain/inventory.ts';
import { ENDPOINTS } from './endpoints.ts';
import { readObject } from './list.ts';
import type { Ask } from './request.ts';
import { orNull, wireId, wireText, wireTitle } from './wire.ts';

const wireFolder = z.looseObject({
  id: wireId,
  title: wireTitle,
  parentId: orNull(wireId),
  parentType: orNull(wireText),
});

/** A folder by id; no list holds folders. https://developer.atlassian.com/cloud/confluence/rest/v2/api-group-folder/ */
export async function folderById(ask: Ask, id: string): Promise<Folder> {
  const { title, parentId, parentType } = readObject(
    await ask({ endpoint: ENDPOINTS.folder, path: { id } }),
    wireFolder,
  );
  return { id, title, parentId, parentType };
}
