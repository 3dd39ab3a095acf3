import { createDates } from './body-dates.ts';
import { createLines } from './body-lines.ts';
import { createMarkers } from './body-markers.ts';
import { createStepForms } from './body-steps.ts';
import type { BodyFacts } from './facts.ts';

/** What single lines of a body state: dates of the page, what is not finished, steps; fed with the events of `readStorage`. */
export function createStatements(storage: string) {
  const dates = createDates();
  const markers = createMarkers(storage);
  const stepForms = createStepForms();
  const { end, ...events } = createLines({
    row: () => dates.row(),
    cell: (heading) => dates.cell(heading),
    steps: (name) => stepForms.steps(name),
    hint: () => markers.hint(),
    line(line, times) {
      dates.line(line, times);
      markers.line(line);
      stepForms.line(line);
    },
  });
  return {
    ...events,
    result(): Pick<BodyFacts, 'dates' | 'markers' | 'stepForms'> {
      end();
      return { dates: dates.result(), markers: markers.result(), stepForms: stepForms.result() };
    },
  };
}
