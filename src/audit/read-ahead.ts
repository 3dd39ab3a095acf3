/**
 * The same items, of which the next one is already on its way while one is worked on. Never more than one, so whoever saves slowly holds
 * up who reads. What goes wrong with an item is told in its turn. Who leaves
 * early waits for what is on its way, so that nothing is under way when the work is over.
 */
export async function* readAhead<T>(items: AsyncGenerator<T, void>): AsyncGenerator<T, void> {
  let coming = begin(items);
  try {
    for (;;) {
      const { done, value } = await coming;
      if (done === true) return;
      coming = begin(items);
      yield value;
    }
  } finally {
    await coming.catch(() => undefined);
    await items.return();
  }
}

function begin<T>(items: AsyncGenerator<T, void>): Promise<IteratorResult<T, void>> {
  const coming = items.next();
  // Looked at in its turn; until then a failure is nobody's.
  coming.catch(() => undefined);
  return coming;
}
