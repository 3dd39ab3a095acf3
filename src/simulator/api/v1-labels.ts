import { z } from 'zod';
import { showLabels } from '../wire/v1-parts.ts';
import { labelId, readable, readableContents, settledLabels } from '../world/lookup.ts';
import type { Content } from '../world/model.ts';
import { canUpdate } from '../world/visibility.ts';
import { answer, noContent, type SimResponse, v1Error, v1NotFound } from './answers.ts';
import { type Call, limit, number, type Route, text } from './route.ts';

const LABEL = z.strictObject({ prefix: z.enum(['global', 'my', 'team']), name: z.string().min(1) });
const BODY = z.union([z.array(LABEL), LABEL]);

// What the editor of Confluence refuses; the API's own list is not published.
const FORBIDDEN = /[\s!#&()*,.:;<>?@[\]^]/;
const LONGEST = 255;
const MOST_PER_CALL = 20;

/** The content that the caller may label, or the answer that says why not. */
function editable(call: Call): { content: Content } | { refusal: SimResponse } {
  const id = call.path['id'] ?? '';
  const content = readable(call.world, call.who, id);
  if (content === null) return { refusal: v1NotFound(id) };
  if (canUpdate(call.world, call.who, content)) return { content };
  return { refusal: v1Error(403, `The caller may view but not edit the content with id ${id}.`) };
}

function addLabels(call: Call): SimResponse {
  const target = editable(call);
  if ('refusal' in target) return target.refusal;
  const body = call.body as z.infer<typeof BODY>;
  const wanted = Array.isArray(body) ? body : [body];
  if (wanted.length > MOST_PER_CALL) return v1Error(400, `At most ${MOST_PER_CALL} labels can be added in one call.`);
  const bad = wanted.find(({ name }) => FORBIDDEN.test(name) || name.length > LONGEST);
  if (bad !== undefined) return v1Error(400, `The label '${bad.name}' has characters that labels cannot have.`);
  const { content } = target;
  for (const { prefix, name: given } of wanted) {
    const name = given.toLowerCase();
    const key = `${prefix}:${name}`;
    const by = call.who.kind === 'user' ? call.who.account.accountId : '';
    if (!call.world.labelIds.has(key)) call.world.labelIds.set(key, call.world.nextId());
    if (!content.labels.has(key)) content.labels.set(key, { prefix, name, by, at: call.now.toISOString() });
  }
  const { _links, ...list } = showLabels(call.world, call.base, content, [...content.labels.values()]);
  return answer(200, { ...list, _links: { ..._links, base: call.base, context: '/wiki' } });
}

function removeLabel(call: Call, name: string): SimResponse {
  const target = editable(call);
  if ('refusal' in target) return target.refusal;
  const { content } = target;
  if (content.status === 'archived') return v1Error(400, 'Labels of archived content cannot be deleted.');
  for (const [key, label] of content.labels) if (label.name === name.toLowerCase()) content.labels.delete(key);
  return noContent();
}

function findLabel(call: Call): SimResponse {
  const name = (text(call, 'name') ?? '').toLowerCase();
  const wanted = text(call, 'type');
  const types = (['page', 'blogpost'] as const).filter((type) => wanted === undefined || wanted === type);
  const carriers = types
    .flatMap((type) => readableContents(call.world, call.who, type))
    .filter((each) => settledLabels(call.world, each, call.now).some((label) => label.name === name));
  const label = [...(carriers[0]?.labels.values() ?? [])].find((each) => each.name === name);
  // There is no register of labels: a name that nothing carries does not exist.
  if (label === undefined) return v1Error(404, `No label named '${name}' is in use.`);
  const start = number(call, 'start');
  const results = carriers
    .slice(start, start + number(call, 'limit'))
    .map((each) => ({ contentType: each.type, contentId: Number(each.id), title: each.title }));
  return answer(200, {
    label: { prefix: label.prefix, name, id: labelId(call.world, label), label: name },
    associatedContents: { results, start, limit: number(call, 'limit'), size: results.length },
  });
}

/** Labels, the side that v2 lacks: https://developer.atlassian.com/cloud/confluence/rest/v1/api-group-content-labels/ */
export const labelWriteRoutes: readonly Route[] = [
  {
    method: 'POST',
    template: '/wiki/rest/api/content/{id}/label',
    query: {},
    body: BODY,
    handle: addLabels,
  },
  {
    method: 'DELETE',
    template: '/wiki/rest/api/content/{id}/label',
    query: { name: { kind: 'text', required: true } },
    handle: (call) => removeLabel(call, text(call, 'name') ?? ''),
  },
  {
    method: 'DELETE',
    template: '/wiki/rest/api/content/{id}/label/{label}',
    query: {},
    handle: (call) => {
      const name = call.path['label'] ?? '';
      return name.includes('/')
        ? v1Error(400, 'A label with a slash can only be deleted by the form that takes its name as a parameter.')
        : removeLabel(call, name);
    },
  },
  {
    method: 'GET',
    template: '/wiki/rest/api/label',
    query: {
      name: { kind: 'text', required: true },
      type: { kind: 'choice', of: ['page', 'blogpost', 'attachment', 'page_template'] },
      start: { kind: 'number', min: 0, default: 0 },
      limit: limit(200),
    },
    handle: findLabel,
  },
];
