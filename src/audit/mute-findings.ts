import { hasMutes, settleMutes, syncMutes } from '../store/mutes.ts';
import { type Night, inRun } from './night.ts';

/** Puts what the settings and people accept under its mutes, brings out what a mute held that has ended, and names mutes that hold nothing. */
export async function muteFindings(night: Night): Promise<void> {
  const { unused } = await inRun(night, async (tx) => {
    if (night.settings.mutes.length === 0 && !(await hasMutes(tx))) return { unused: [] };
    await syncMutes(tx, night.settings.mutes);
    return settleMutes(tx, night.run.runId);
  });
  night.counts.mutesUnused = unused.length;
  if (unused.length === 0) return;
  const detail = unused.slice(0, 5).map(({ muteId, reason }) => `${muteId} (${reason})`);
  night.log.warn('Some mutes hold no finding', { count: unused.length, detail: detail.join('; ') });
}
