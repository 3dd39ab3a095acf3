import { z } from 'zod';
import { firstMatch } from '../domain/glob.ts';
import { quoted } from '../domain/printable.ts';
import { defineRule } from '../domain/rule.ts';

/** What a double click runs on a common desktop, and disk images and links that hide such a file. */
const EXTENSIONS = [
  'exe com scr pif cpl dll msi msp msix appx',
  'bat cmd ps1 psm1 vbs vbe js jse wsf wsh hta reg jar',
  'lnk url scf chm iso img vhd vhdx',
  'docm dotm xlsm xltm xlam xll pptm potm ppam ppsm sldm',
].flatMap((line) => line.split(' '));

/** Media types that declare a program; `+` and parameters are cut off before comparing. */
const PROGRAM =
  /^application\/(?:x-(?:msdownload|msdos-program|dosexec|executable|msi|ms-installer|ms-shortcut|bat|iso9660-image)|vnd\.microsoft\.portable-executable|hta|vnd\.ms-.+\.macroenabled\.12)$/;

/** Finds attached programs, scripts and macro documents, also where the name pretends to be something else. */
export default defineRule({
  id: 'dangerous-attachment',
  title: 'Attachment can run code on the computer of its reader',
  why: 'People trust what lies on their own wiki. A program attached to a page spreads like any other malware, and nobody scans it again.',
  severity: 'high',
  remediation:
    'Remove the file, or keep it in a place made for software and link to it; allow it by name where it is meant.',
  explanation: [
    'An attached program, script, disk image, shortcut or macro document, also where the name pretends to be something else.',
    'One finding for each attachment whose extension is on the list, or whose media type declares a program although its name does not. Dots and blanks at the end of a name and marks that turn the direction of writing do not count.',
  ],
  example: 'The attachment "setup.exe" is of a kind (.exe) that can run code on the computer of whoever opens it.',
  appliesTo: 'pages',
  options: z.strictObject({
    extensions: z
      .array(z.string().min(1))
      .default(EXTENSIONS)
      .describe('The extensions that are dangerous, without the dot.'),
    allow: z
      .array(z.string().min(1).max(1_000))
      .default([])
      .describe('Extensions (`ps1`) or patterns for whole file names (`deploy-*.ps1`) that are meant.'),
  }),
  needs: ['attachments'],
  *check({ attachments }, _context, { extensions, allow }) {
    if (attachments.length === 0) return;
    const dangerous = new Set(extensions.map(bareExtension));
    const allowed = new Set(allow.map(bareExtension));
    for (const { id, title, mediaType, fileSize, status } of attachments) {
      if (status !== 'current') continue;
      const name = plainName(title);
      const extension = extensionOf(name);
      const declared = declaredProgram(mediaType);
      const byName = extension !== null && dangerous.has(extension) && !allowed.has(extension);
      const disguised = declared !== null && (extension === null || !dangerous.has(extension));
      if (!(byName || disguised) || firstMatch(allow, name) !== null) continue;
      const reason = byName
        ? `The attachment ${quoted(title)} is of a kind (.${extension}) that can run code on the computer of whoever opens it.`
        : `The attachment ${quoted(title)} is declared as a program (${declared}) although its name ${extension === null ? 'has no extension' : `ends in .${extension}`}.`;
      yield {
        reason,
        subject: { type: 'attachment', id },
        evidence: { file_name: title, media_type: mediaType, file_size: fileSize },
      };
    }
  },
});

function bareExtension(entry: string): string {
  const dot = entry.startsWith('*.') ? 2 : entry.startsWith('.') ? 1 : 0;
  return entry.slice(dot).toLowerCase();
}

/** As Windows would take it: marks that turn the writing direction do not count, nor do dots and blanks at the end. */
const plainName = (title: string): string =>
  title
    .normalize('NFC')
    .replace(/\p{C}/gu, '')
    .replace(/[. ]+$/, '')
    .toLowerCase();

const extensionOf = (name: string): string | null => /\.([^.\s/\\]{1,20})$/.exec(name)?.[1] ?? null;

function declaredProgram(mediaType: string): string | null {
  const type = (mediaType.split(';', 1)[0] ?? '').trim().toLowerCase();
  return type.length <= 100 && PROGRAM.test(type) ? type : null;
}
