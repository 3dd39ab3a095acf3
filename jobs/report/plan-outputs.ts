import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { AuditError } from '../../src/domain/errors.ts';
import { FORMAT_NAMES, type Format } from '../../src/report/formats.ts';
import type { WholeReport } from '../../src/report/whole-report.ts';
import type { ReportView } from '../../src/store/report-views.ts';

/** What `--format` may name. */
export const OUTPUT_FORMATS = [...FORMAT_NAMES, 'html'] as const;
export type OutputFormat = (typeof OUTPUT_FORMATS)[number];

/** One text that the command makes: a view in a format, or the whole report (view null). */
export type Output =
  | { readonly view: ReportView; readonly format: Format }
  | { readonly view: null; readonly format: WholeReport };

const EXTENSIONS: Readonly<Partial<Record<OutputFormat, string>>> = { table: 'txt' };

/** What views and formats come to: html is the whole report, md as well where no view is named, and everything else is a view. */
export function outputsOf(views: readonly ReportView[], formats: readonly OutputFormat[]): readonly Output[] {
  if (views.length > 0 && formats.includes('html')) {
    throw new AuditError(
      'arguments-invalid',
      '--format html is the whole report: leave the view out, or name another format.',
    );
  }
  return formats.flatMap((format): Output[] => {
    if (format === 'html' || (views.length === 0 && format === 'md')) return [{ view: null, format }];
    return (views.length === 0 ? (['open_findings'] as const) : views).map((view) => ({ view, format }));
  });
}

/** Where each output goes: one to the file, or to stdout (null); several to files of their own in the folder that `out` names. */
export async function placesOf(
  outputs: readonly Output[],
  { out, cwd }: { out: string | undefined; cwd: string },
): Promise<readonly (string | null)[]> {
  if (out === undefined) {
    if (outputs.length > 1)
      throw new AuditError(
        'arguments-invalid',
        `--out is missing: ${outputs.length} files need a folder to go to, --out DIR.`,
      );
    return [null];
  }
  const path = resolve(cwd, out);
  const isFolder = /[/\\]$/.test(out) || ((await stat(path).catch(() => null))?.isDirectory() ?? false);
  if (outputs.length === 1 && !isFolder) return [path];
  return outputs.map(({ view, format }) => join(path, `${view ?? 'report'}.${EXTENSIONS[format] ?? format}`));
}
