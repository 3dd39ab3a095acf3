import type { Invariant } from './invariant.ts';
import { momentsOf, wikiIn } from './moments.ts';

export const noPageLost: Invariant = {
  id: 'I2',
  promise: 'a complete run knows every page that was there all the time, and none that never was',
  broken: (facts) =>
    momentsOf(facts).flatMap(({ shift, tenant, from, to, inventory, pagesSeen }) => {
      const { lives } = wikiIn(facts, tenant);
      const those = (fits: (life: { readonly from: number; readonly to: number }) => boolean): string[] =>
        [...lives].filter(([, times]) => times.some(fits)).map(([id]) => id);
      const allTheTime = those((life) => life.from <= from && life.to > to);
      const ever = new Set(those((life) => life.from <= to && life.to >= from));
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
