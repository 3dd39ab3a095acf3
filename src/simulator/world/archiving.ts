import { type Instant, toIso } from './identifiers.ts';
import type { ArchiveJob, WorldState } from './model.ts';

/** The verbs about jobs that archive pages. An archived page keeps its parent and its title. */
export function archiveVerbs(state: WorldState) {
  const end = (job: ArchiveJob): void => {
    const messages: string[] = [];
    for (const id of job.pageIds) {
      const page = state.contents.get(id);
      if (page?.status === 'current') page.status = 'archived';
      else messages.push(`Page ${id} could not be archived.`);
    }
    job.ended = { archived: job.pageIds.length - messages.length, messages };
  };

  return {
    startArchiving(pageIds: readonly string[], at: Instant): ArchiveJob {
      const looksLeft = state.options.archiveLooks;
      const job: ArchiveJob = { id: state.nextId(), pageIds, startedAt: toIso(at), looksLeft, ended: null };
      state.archiveJobs.set(job.id, job);
      return job;
    },
    /** Meets a job at work or at its end; every look brings it nearer. */
    lookAtJob(job: ArchiveJob): void {
      if (job.ended !== null) return;
      if (job.looksLeft <= 0) end(job);
      job.looksLeft -= 1;
    },
  };
}
