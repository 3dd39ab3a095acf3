import { readableContents } from '../world/lookup.ts';
import { isBlank, type TaskInBody, tasksOf } from '../world/tasks.ts';
import type { SimResponse } from './answers.ts';
import { keysetPage } from './keyset.ts';
import { type Call, flag, limit, list, number, type Param, type Route, text } from './route.ts';
import { BODY_FORMAT } from './v2-content.ts';

const IDS = { kind: 'list', of: 'id', max: 250 } as const;
const PEOPLE = { kind: 'list', of: 'text', max: 250 } as const;
/** Epoch milliseconds. */
const FROM = { kind: 'number', min: 0, default: 0 } as const;
const TO = { kind: 'number', min: 0, default: Number.MAX_SAFE_INTEGER } as const;

function isWithin(call: Call, name: string, at: string | null): boolean {
  const [from, to] = [number(call, `${name}-from`), number(call, `${name}-to`)];
  if (from === FROM.default && to === TO.default) return true;
  return at !== null && Date.parse(at) >= from && Date.parse(at) <= to;
}

const isAmong = (call: Call, name: string, value: string | null | undefined): boolean =>
  list(call, name)?.includes(value ?? '') ?? true;

const fits = (call: Call, task: TaskInBody): boolean =>
  (flag(call, 'include-blank-tasks') === true || !isBlank(task)) &&
  (text(call, 'status') ?? (task.done ? 'complete' : 'incomplete')) === (task.done ? 'complete' : 'incomplete') &&
  isAmong(call, 'task-id', task.id) &&
  isAmong(call, 'space-id', task.content.spaceId) &&
  isAmong(call, 'page-id', task.content.type === 'page' ? task.content.id : null) &&
  isAmong(call, 'blogpost-id', task.content.type === 'blogpost' ? task.content.id : null) &&
  isAmong(call, 'created-by', task.createdBy) &&
  isAmong(call, 'assigned-to', task.assignedTo) &&
  isAmong(call, 'completed-by', task.completed?.by) &&
  isWithin(call, 'created-at', task.createdAt) &&
  isWithin(call, 'due-at', task.dueAt) &&
  isWithin(call, 'completed-at', task.completed?.at ?? null);

/** What is not known is null, not absent. */
const showTask = (task: TaskInBody, withBody: boolean): object => ({
  id: task.id,
  localId: task.localId,
  spaceId: task.content.spaceId,
  ...(task.content.type === 'blogpost' ? { blogPostId: task.content.id } : { pageId: task.content.id }),
  status: task.done ? 'complete' : 'incomplete',
  body: withBody ? { storage: { representation: 'storage', value: task.body } } : null,
  createdBy: task.createdBy,
  assignedTo: task.assignedTo,
  completedBy: task.completed?.by ?? null,
  createdAt: task.createdAt,
  updatedAt: task.updatedAt === task.createdAt ? null : task.updatedAt,
  dueAt: task.dueAt,
  completedAt: task.completed?.at ?? null,
});

function listTasks(call: Call): SimResponse {
  const rows = (['page', 'blogpost'] as const)
    .flatMap((type) => readableContents(call.world, call.who, type))
    .filter((content) => content.status === 'current')
    .flatMap((content) => tasksOf(content))
    .filter((task) => fits(call, task));
  const withBody = text(call, 'body-format') !== undefined;
  const keys = { id: (task: TaskInBody) => Number(task.id) };
  return keysetPage(call, rows, { keys, byDefault: 'id' }, (task) => showTask(task, withBody));
}

const QUERY: Readonly<Record<string, Param>> = {
  'body-format': BODY_FORMAT,
  'include-blank-tasks': { kind: 'flag' },
  status: { kind: 'choice', of: ['complete', 'incomplete'] },
  'task-id': IDS,
  'space-id': IDS,
  'page-id': IDS,
  'blogpost-id': IDS,
  'created-by': PEOPLE,
  'assigned-to': PEOPLE,
  'completed-by': PEOPLE,
  'created-at-from': FROM,
  'created-at-to': TO,
  'due-at-from': FROM,
  'due-at-to': TO,
  'completed-at-from': FROM,
  'completed-at-to': TO,
  cursor: { kind: 'cursor' },
  limit: limit(25, 250),
};

/** Tasks: https://developer.atlassian.com/cloud/confluence/rest/v2/api-group-task/ */
export const taskRoutes: readonly Route[] = [
  { method: 'GET', template: '/wiki/api/v2/tasks', query: QUERY, handle: listTasks },
];
