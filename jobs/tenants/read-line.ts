import { createInterface } from 'node:readline';

/** The first line of a stream that is not blank; null where it ends, or the signal fires, before one came. */
export async function readLine(input: NodeJS.ReadableStream, signal: AbortSignal): Promise<string | null> {
  const lines = createInterface({ input, signal });
  try {
    for await (const line of lines) {
      if (line.trim() !== '') return line.trim();
    }
    return null;
  } finally {
    lines.close();
  }
}
