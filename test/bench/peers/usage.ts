import { writeFileSync } from 'node:fs';

// Loaded before a program (`--import`), whatever it is: writes what the process took when it ends.
process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  const taken = { cpuSeconds: (userCPUTime + systemCPUTime) / 1e6, peakMb: maxRSS / 1024 };
  writeFileSync(process.env['PEER_USAGE'] ?? '', JSON.stringify(taken));
});
