/** A body with all sections that a runbook must have, and this text in the first of them. */
export const soundRunbook = (steps: string): string =>
  `<h2>Steps</h2>${steps}<h2>Rollback</h2><p>Close the panel.</p><h2>Escalation</h2><p>Call the owner.</p>`;
