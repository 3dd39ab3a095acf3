import type { Scenario } from './crawl.ts';

const bucket = (perSecond: number, burst: number) => ({ perSecond, burst });

/** What the pacer is held against. */
export const SCENARIOS: readonly Scenario[] = [
  { name: 'R10 B10, cold', shape: bucket(10, 10), seconds: 600 },
  { name: 'R10 B10, warm', shape: bucket(10, 10), seconds: 600, warm: 10 },
  { name: 'R10 B10, told', shape: bucket(10, 10), seconds: 600, told: true },
  { name: 'R10 B100, cold', shape: bucket(10, 100), seconds: 600 },
  { name: 'R10 B100, warm', shape: bucket(10, 100), seconds: 600, warm: 10 },
  { name: 'R2 B10, cold, 1 h', shape: bucket(2, 10), seconds: 3_600 },
  { name: 'R2 B10, warm, 1 h', shape: bucket(2, 10), seconds: 3_600, warm: 2 },
  { name: 'R50 B50, cold', shape: bucket(50, 50), seconds: 600 },
  { name: 'R50 B50, warm', shape: bucket(50, 50), seconds: 600, warm: 50 },
  { name: 'R50 B50, told', shape: bucket(50, 50), seconds: 600, told: true },
  { name: 'window of 10 in 1 s, cold', shape: { perSecond: 10, burst: 0, windowSeconds: 1 }, seconds: 600 },
  { name: 'window of 10 in 1 s, told', shape: { perSecond: 10, burst: 0, windowSeconds: 1 }, seconds: 600, told: true },
  { name: 'R10 B10, a 429 costs a token', shape: { ...bucket(10, 10), refusalsCost: true }, seconds: 600 },
  { name: 'falls 20 to 4', shape: { ...bucket(20, 20), changes: [{ after: 300, perSecond: 4 }] }, seconds: 600 },
  {
    name: 'falls 20 to 4, warm',
    shape: { ...bucket(20, 20), changes: [{ after: 300, perSecond: 4 }] },
    seconds: 600,
    warm: 20,
  },
  {
    name: '10, 5, 20 in an hour',
    shape: {
      ...bucket(10, 10),
      changes: [
        { after: 1_200, perSecond: 5 },
        { after: 2_400, perSecond: 20 },
      ],
    },
    seconds: 3_600,
  },
  { name: 'rises 5 to 20', shape: { ...bucket(5, 10), changes: [{ after: 600, perSecond: 20 }] }, seconds: 1_200 },
  { name: 'R10 B10, 4 processes, warm', shape: bucket(10, 10), seconds: 600, processes: 4, warm: 10 },
];
