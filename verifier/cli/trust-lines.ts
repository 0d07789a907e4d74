// What is said of several trust files, or of signed ones: who signed each, the verdict under it, and where they differ.
import type { Report } from '../src/index.ts';
import type { ReceiptReport } from '../src/receipts/index.ts';
import type { Catalogue } from './catalogue.ts';
import { headingOf, printable } from './render.ts';
import type { PassedTrust, TrustFiles } from './trust-files.ts';

export interface JudgedTrust extends TrustFiles {
  readonly files: readonly (PassedTrust & { readonly verdict: (Report | ReceiptReport)['verdict'] })[];
}

/** Nothing for one unsigned file: the report names it. */
export function trustLines({ files, differences }: JudgedTrust, catalogue: Catalogue): string[] {
  const { labels, marks } = catalogue;
  if (!isTold(files)) return [];
  const fileLines = files.flatMap(({ path, sha256, signedBy, keyFingerprint, verdict }) => {
    const signer = signedBy === undefined ? '' : `${marks.comma}${labels['signed-by']} ${printable(signedBy)}`;
    const line = `  ${verdict}${marks.colon}${printable(path)}${signer}${marks.comma}SHA-256 ${sha256}`;
    return keyFingerprint === undefined
      ? [line]
      : [line, `    ${labels['key-fingerprint']}${marks.colon}${keyFingerprint}`];
  });
  const lines = ['', headingOf('trust-files', catalogue), ...fileLines];
  if (!differences) return lines;
  if (differences.length === 0) return [...lines, `  ${labels['trust-agree']}`];
  return [
    ...lines,
    '',
    headingOf('trust-differences', catalogue),
    ...differences.flatMap(({ place, values }) => [
      `  ${printable(place)}`,
      ...values.map((value, index) => {
        const said = value === null ? labels['says-nothing'] : printable(value);
        return `    ${printable(files[index]?.path ?? '')}${marks.colon}${said}`;
      }),
    ]),
  ];
}

export function trustJson({ files, differences }: JudgedTrust): object {
  if (!isTold(files)) return {};
  const told = files.map(({ bytes: _, ...file }) => file);
  return { trustFiles: told, ...(differences && { trustDifferences: differences }) };
}

const isTold = (files: JudgedTrust['files']): boolean =>
  files.length > 1 || files.some(({ signedBy }) => signedBy !== undefined);
