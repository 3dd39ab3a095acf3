import { expect, it } from 'vitest';
import { largeSite } from '../faults/large-site.ts';
import { eachNightShift } from '../night-shift.ts';

/** Sizes that the suite has no time for; the figure is there to be compared with the last one on the same machine. */
eachNightShift('a night on a site', (shift) => {
  it.each([
    ['pages 500 deep', { files: 0, labels: 0, depth: 500, spaces: 0 }],
    ['5,000 spaces', { files: 0, labels: 0, depth: 0, spaces: 5_000 }],
  ])(
    'with %s comes to its end',
    async (_, size) => {
      const { world, pages, spaces } = largeSite(shift.clock, size);
      const tenant = await shift.tenant(world);
      const began = process.cpuUsage();
      expect(await tenant.night()).toMatchObject({ outcome: 'complete', spaces, pagesSeen: pages });
      const { user, system } = process.cpuUsage(began);
      process.stdout.write(
        `${JSON.stringify(size)}: ${((user + system) / 1e6).toFixed(1)} s of CPU, simulator included\n`,
      );
    },
    600_000,
  );
});
