import type { PGlite } from '@electric-sql/pglite';

/** A file or folder of the memory that the database takes for its disk, as Emscripten keeps it (MEMFS). */
interface Entry {
  contents: Uint8Array | Record<string, Entry> | null | undefined;
  usedBytes: number;
  name: string;
  parent: Entry;
  mtime: number;
  name_next: Entry | undefined;
}

/** What Emscripten makes of a program; its types know little of it. */
interface Machine {
  readonly FS: unknown;
  /** Another one when the memory has grown. */
  readonly HEAPU8: Uint8Array;
}

interface Disk {
  readonly root: Entry;
  streams: (object | null)[];
  nameTable: (Entry | undefined)[];
}

/**
 * Remembers an embedded database that is at rest, to the last byte: its memory and its disk, which is in memory as well. What comes back
 * brings it there again, in a fraction of the time that it takes to empty its tables and to plan every statement anew.
 */
export function markOf(pglite: PGlite): () => void {
  const machine = pglite.Module as unknown as Machine;
  const disk = machine.FS as Disk;
  const memory = machine.HEAPU8.slice(0, lengthOf(machine.HEAPU8));
  const entries = [...everythingBelow(disk.root)].map((entry) => ({
    entry,
    kept: { ...entry, contents: copyOf(entry) },
  }));
  const streams = disk.streams.map((stream) => (stream ? { stream, kept: { ...stream } } : null));
  const nameTable = [...disk.nameTable];
  // A file is known to have changed by its time, which has milliseconds.
  const madeAt = Date.now();
  while (Date.now() === madeAt);

  return () => {
    const now = machine.HEAPU8;
    now.set(memory);
    now.fill(0, memory.length);
    for (const { entry, kept } of entries) {
      const untouched =
        kept.contents instanceof Uint8Array && entry.mtime === kept.mtime && entry.usedBytes === kept.usedBytes;
      const contents = untouched ? entry.contents : copyOf(kept);
      Object.assign(entry, kept, { contents });
    }
    disk.streams = streams.map((one) => (one === null ? null : Object.assign(one.stream, one.kept)));
    disk.nameTable = [...nameTable];
  };
}

/** Without the zeroes at the end. */
function lengthOf(memory: Uint8Array): number {
  const words = new Uint32Array(memory.buffer, memory.byteOffset, Math.floor(memory.length / 4));
  let length = words.length;
  while (length > 0 && words[length - 1] === 0) length -= 1;
  return length * 4;
}

function* everythingBelow(entry: Entry): Generator<Entry> {
  yield entry;
  if (!entry.contents || entry.contents instanceof Uint8Array) return;
  for (const child of Object.values(entry.contents)) yield* everythingBelow(child);
}

function copyOf({ contents, usedBytes }: Pick<Entry, 'contents' | 'usedBytes'>): Entry['contents'] {
  if (contents instanceof Uint8Array) return contents.slice(0, usedBytes);
  return contents ? { ...contents } : contents;
}
