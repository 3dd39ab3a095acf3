import type { Invariant } from './invariant.ts';
import { momentsOf, wikiIn } from './moments.ts';

export const noPageLost: Invariant = {
  id: 'I2',
  promise: 'a complete run knows every page that was there all the time, and none that never was',
  broken: (facts) =>
    momentsOf(facts).flatMap(({ shift, tenant, from, to, inventory, pagesSeen }) => {
      const { lives } = wikiIn(facts, tenant);
      const allTheTime = [...lives].filter(([, life]) => life.from <= from && life.to > to).map(([id]) => id);
      const ever = new Set([...lives].filter(([, life]) => life.from <= to && life.to >= from).map(([id]) => id));
      const lost = allTheTime.filter((id) => !inventory.has(id));
      const stray = [...inventory].filter((id) => !ever.has(id));
      const counted = pagesSeen < allTheTime.length || pagesSeen > ever.size;
      return [
        ...lost.map((id) => `${shift}: ${tenant} lost page ${id}`),
        ...stray.map((id) => `${shift}: ${tenant} keeps page ${id}, which is gone`),
        ...(counted ? [`${shift}: ${tenant} counted ${pagesSeen} pages of ${allTheTime.length} to ${ever.size}`] : []),
      ];
    }),
};
