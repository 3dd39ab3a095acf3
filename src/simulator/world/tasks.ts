import type { Content, Version } from './model.ts';

/** A checkbox in a body. Nothing of it is stored: who ticked it, and when, is what the versions say. */
export interface TaskInBody {
  readonly id: string;
  /** Unique on its page only. */
  readonly localId: string;
  readonly content: Content;
  readonly done: boolean;
  /** Storage format. */
  readonly body: string;
  readonly createdBy: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly assignedTo: string | null;
  readonly dueAt: string | null;
  readonly completed: { readonly by: string; readonly at: string } | null;
}

const TASK =
  /<ac:task>\s*<ac:task-id>(\d+)<\/ac:task-id>.*?<ac:task-status>(\w+)<\/ac:task-status>\s*<ac:task-body>(.*?)<\/ac:task-body>/gs;

interface Seen {
  readonly localId: string;
  readonly done: boolean;
  readonly body: string;
}

const inBody = (body: string): Seen[] =>
  body.includes('<ac:task>')
    ? [...body.matchAll(TASK)].map(([, localId = '', status, text = '']) => ({
        localId,
        done: status === 'complete',
        body: text,
      }))
    : [];

const plainText = (markup: string): string => markup.replaceAll(/<[^>]*>/g, '').trim();

/** True where the box has no words beside it; such tasks are listed on request only. */
export const isBlank = (task: TaskInBody): boolean => plainText(task.body) === '' && task.assignedTo === null;

/** The tasks of the newest body. Assignee and due date are the first mention and the first date of the line. */
export function tasksOf(content: Content): TaskInBody[] {
  const newest = inBody(content.versions.at(-1)?.body ?? '');
  if (newest.length === 0) return [];
  const history = content.versions.map((version) => ({ version, tasks: inBody(version.body) }));
  const firstWith = (fits: (seen: Seen) => boolean): Version | undefined =>
    history.find(({ tasks }) => tasks.some(fits))?.version;
  return newest.flatMap(({ localId, done, body }) => {
    const created = firstWith((seen) => seen.localId === localId);
    const ticked = done ? firstWith((seen) => seen.localId === localId && seen.done) : undefined;
    const changed = firstWith((seen) => seen.localId === localId && seen.done === done && seen.body === body);
    if (created === undefined) return [];
    const [, due] = /<time datetime="([\d-]+)"/.exec(body) ?? [];
    const [, assignedTo = null] = /<ri:user ri:account-id="([^"]+)"/.exec(body) ?? [];
    return {
      id: String(Number(content.id) * 1000 + Number(localId)),
      localId,
      content,
      done,
      body,
      createdBy: created.authorId,
      createdAt: created.createdAt,
      updatedAt: (changed ?? created).createdAt,
      assignedTo,
      dueAt: due === undefined ? null : new Date(due).toISOString(),
      completed: ticked === undefined ? null : { by: ticked.authorId, at: ticked.createdAt },
    };
  });
}
