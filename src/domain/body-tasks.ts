import { isoDay } from './calendar-day.ts';
import type { BodyTask } from './facts.ts';
import type { Attributes } from './storage-tags.ts';

const MAX_TASKS = 500;
const MAX_ID = 200;
/** The elements that it has to be told of. */
export const TASKING: readonly string[] = ['ac:task', 'ac:task-status', 'time', 'ri:user'];

/**
 * Collects the tasks that are not done and have a date; fed with the events of `readStorage`, silent text included. As
 * Confluence reads a task, its first date says when it is due and its first mention whose it is.
 */
export function createTasks() {
  const found: BodyTask[] = [];
  let task: { done: boolean; due: string | null; assigneeId: string | null } | null = null;
  let status: string | null = null;

  return {
    open(name: string, attributes: Attributes): void {
      if (name === 'ac:task') task = { done: false, due: null, assigneeId: null };
      else if (task === null) return;
      else if (name === 'ac:task-status') status = '';
      else if (name === 'time') task.due ??= isoDay((attributes.get('datetime') ?? '').slice(0, 10));
      else if (name === 'ri:user') {
        const id = attributes.get('ri:account-id') ?? attributes.get('ri:userkey');
        // Postgres takes neither NUL nor half a surrogate pair.
        task.assigneeId ??= id?.replaceAll('\0', '').slice(0, MAX_ID).toWellFormed() ?? null;
      }
    },
    close(name: string): void {
      if (task === null) return;
      if (name === 'ac:task-status') {
        task.done = status?.trim() === 'complete';
        status = null;
      } else if (name === 'ac:task') {
        const { done, due, assigneeId } = task;
        if (!done && due !== null && found.length < MAX_TASKS) found.push({ due, assigneeId });
        task = null;
      }
    },
    text(source: string, from: number, to: number): void {
      if (status !== null && status.length < MAX_ID) status += source.slice(from, Math.min(to, from + MAX_ID));
    },
    result: (): readonly BodyTask[] => found,
  };
}
