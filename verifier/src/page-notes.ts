// What a report on the proof inside a certificate says of the page around it.
import { indexOf } from './containers/pdf/find.ts';
import { TrustFileError } from './errors.ts';
import type { Note, Report } from './report.ts';
import type { PageOutcome } from './signature/page-signature.ts';
import { parseTrustFile, type TrustFile } from './trust/trust-file.ts';

const UNCHECKED: readonly Note[] = ['printed-text-not-checked'];

const NOTES: Readonly<Record<PageOutcome, readonly Note[]>> = {
  'as-signed': ['page-as-signed'],
  appended: ['page-appended', ...UNCHECKED],
  'signed-by-other': ['page-signed-by-other', ...UNCHECKED],
  changed: ['page-changed', ...UNCHECKED],
  unsigned: UNCHECKED,
};

/**
 * The notes about a certificate's page. Its signature is judged where the trust file names document signers (version 2);
 * otherwise, and for a PDF without a signature, nothing was checked. Never throws on any bytes.
 */
export async function pageNotesOf(
  { run, facts }: Pick<Report, 'run' | 'facts'>,
  { pdf, trust }: { readonly pdf: Uint8Array | undefined; readonly trust: Uint8Array | TrustFile | undefined },
): Promise<readonly Note[]> {
  const documentSigners = signersOf(trust);
  const isJudged = pdf !== undefined && documentSigners.length > 0 && indexOf(pdf, '/ByteRange') >= 0;
  // Pages that came without encryption have no cryptography (W3C Secure Contexts).
  if (!isJudged || globalThis.crypto?.subtle === undefined) return UNCHECKED;
  const { judgePage } = await import('./signature/page-signature.ts');
  // A certificate is signed when its entry is final, or later where it was corrected.
  const times = [facts?.interval?.anchoredAt, run.at].flatMap((at) => (at === undefined ? [] : [new Date(at)]));
  return NOTES[await judgePage({ pdf, documentSigners, times })];
}

function signersOf(trust: Uint8Array | TrustFile | undefined): readonly string[] {
  try {
    return (trust instanceof Uint8Array ? parseTrustFile(trust) : trust)?.documentSigners ?? [];
  } catch (error) {
    if (error instanceof TrustFileError) return []; // the report says so
    throw error;
  }
}
