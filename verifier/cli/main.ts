// inkseal-verify: opens a proof, hands it to the library, prints the report. Exit codes: 0 verified, 1 not verified,
// 2 consistent, or the input itself could not be used. Nothing is read from the network unless --rpc asks for it.
import type { OpenedProof } from '../src/containers/index.ts';
import {
  ABSENCE_MEDIA_TYPE,
  type FileDigest,
  mediaTypeOf,
  pageNotesOf,
  type Report,
  type TrustOptions,
  verifyAbsence,
  verifyBundle,
} from '../src/index.ts';
import { RECEIPT_MEDIA_TYPE, type ReceiptReport, verifyReceipt } from '../src/receipts/index.ts';
import { type Arguments, readArguments } from './arguments.ts';
import { askedLanguage } from './asked-language.ts';
import type { Catalogue } from './catalogue.ts';
import { digestFile } from './digest-file.ts';
import { InputError } from './input-error.ts';
import { english } from './messages.en.ts';
import { catalogueOf } from './messages.ts';
import { openProof } from './open-proof.ts';
import { inputSentence, printable, printableJson, renderReport, summaryLine } from './render.ts';
import { receiptSummary, renderReceipt } from './render-receipt.ts';
import { rpcNode } from './rpc-node.ts';
import { readTrustFiles, type TrustFiles } from './trust-files.ts';
import { type JudgedTrust, trustJson, trustLines } from './trust-lines.ts';

const NOT_VERIFIED = 1;
const UNDECIDED = 2;

async function main(args: readonly string[]): Promise<number> {
  const language = askedLanguage(args);
  try {
    const asked = readArguments(args, language);
    if ('help' in asked) {
      console.log(catalogueOf(asked.help).help);
      return 0;
    }
    return asked.proofs.length === 1 ? await judgeOne(asked) : await judgeSeveral(asked);
  } catch (error) {
    // A defect of this program decides nothing either; left to Node it would end with 1, not verified.
    if (!(error instanceof InputError)) {
      console.error(error);
      return UNDECIDED;
    }
    if (args.includes('--json')) console.log(printableJson(unusable(error)));
    console.error(`inkseal-verify: ${printable(inputSentence(error, catalogueOf(language)))}`);
    return UNDECIDED;
  }
}

async function judgeOne(asked: Arguments): Promise<number> {
  const { report, trusts } = await verify(asked, readTrustFiles(asked), asked.proofs[0] ?? '');
  const catalogue = catalogueOf(asked.language);
  const text = () => (isOfReceipt(report) ? renderReceipt(report, catalogue) : renderReport(report, catalogue));
  const ofTrust = () => trustLines(trusts, catalogue).map((line) => `\n${line}`);
  console.log(asked.isJson ? printableJson({ ...report, ...trustJson(trusts) }, 2) : [text(), ...ofTrust()].join(''));
  return report.exitCode;
}

/** A line a proof, in the order given; the exit code is that of the worst: not verified, undecided, verified. */
async function judgeSeveral(asked: Arguments): Promise<number> {
  const catalogue = catalogueOf(asked.language);
  const exitCodes = new Set<number>();
  const trusted = readTrustFiles(asked);
  for (const proof of asked.proofs) {
    const judged = await verify(asked, trusted, proof).catch((error: unknown) => {
      if (error instanceof InputError) return error;
      throw error;
    });
    const isUnusable = judged instanceof InputError;
    exitCodes.add(isUnusable ? UNDECIDED : judged.report.exitCode);
    const line = isUnusable ? inputSentence(judged, catalogue) : summaryOf(judged.report, catalogue);
    const json = isUnusable ? unusable(judged) : { ...judged.report, ...trustJson(judged.trusts) };
    const text = printable(proof) + catalogue.marks.colon + printable(line);
    console.log(asked.isJson ? printableJson({ proof, ...json }) : text);
  }
  return exitCodes.has(NOT_VERIFIED) ? NOT_VERIFIED : Math.max(...exitCodes);
}

const isOfReceipt = (report: Report | ReceiptReport): report is ReceiptReport => report.subject === 'receipt';

const summaryOf = (report: Report | ReceiptReport, catalogue: Catalogue): string =>
  isOfReceipt(report) ? receiptSummary(report, catalogue) : summaryLine(report, catalogue);

function unusable(error: InputError) {
  return { error: { code: 'input-unusable', detail: inputSentence(error, english) }, exitCode: UNDECIDED };
}

/** The proof judged under each trust file that was passed; the report is the worst of them, the first where they are alike. */
async function verify(asked: Arguments, trusted: Promise<TrustFiles>, proof: string): Promise<Judged> {
  const { files, ...compared } = await trusted;
  const judge = await judgeOf(asked, proof);
  const node = asked.rpc === undefined ? {} : { node: rpcNode(asked.rpc) };
  const reports: (Report | ReceiptReport)[] = [];
  for (const { bytes } of files) reports.push(await judge({ ...node, trust: bytes }));
  if (files.length === 0) reports.push(await judge(node));
  const worst = reports.toSorted((a, b) => SEVERITY[b.exitCode] - SEVERITY[a.exitCode])[0];
  if (!worst) throw new Error('nothing was judged');
  const results = files.map((file, place) => ({ ...file, verdict: reports[place]?.verdict ?? worst.verdict }));
  return { report: worst, trusts: { ...compared, files: results } };
}

interface Judged {
  readonly report: Report | ReceiptReport;
  readonly trusts: JudgedTrust;
}

const SEVERITY = { 0: 0, [UNDECIDED]: 1, [NOT_VERIFIED]: 2 } as const;

type Judge = (trusted: TrustOptions) => Promise<Report | ReceiptReport>;

/** Opens the proof and digests the originals once, whatever the number of trust files. */
async function judgeOf(asked: Arguments, proof: string): Promise<Judge> {
  const { container, pdf, ...opened } = await openProof(proof);
  if (mediaTypeOf(opened.bytes) === RECEIPT_MEDIA_TYPE) return judgeOfPromise(asked, opened.bytes);
  // Unheeded, a proof would pass for one that a receipt was compared with.
  if (asked.proof !== undefined) throw new InputError('proof-without-receipt', proof);
  const judge = await judgeOfProof(asked, opened);
  if (container !== 'certificate') return judge;
  return async (trusted) => {
    const report = await judge(trusted);
    const page = await pageNotesOf(report, { pdf, trust: trusted.trust });
    return { ...report, notes: [...report.notes, ...page] };
  };
}

async function judgeOfPromise(asked: Arguments, bytes: Uint8Array): Promise<Judge> {
  const { files, proof, maxStatusAgeSeconds } = asked;
  if (files.length > 0) throw new InputError('receipt-without-files');
  if (maxStatusAgeSeconds !== undefined) throw new InputError('receipt-without-status');
  const promised = proof === undefined ? {} : { proof: (await openProof(proof)).bytes };
  return (trusted) => verifyReceipt(bytes, { ...trusted, ...promised });
}

async function judgeOfProof(
  { files, maxStatusAgeSeconds }: Arguments,
  { bytes, contents }: Omit<OpenedProof, 'container'>,
): Promise<(trusted: TrustOptions) => Promise<Report>> {
  const inside = contents && { contents };
  if (mediaTypeOf(bytes) === ABSENCE_MEDIA_TYPE) {
    if (files.length > 0) throw new InputError('absence-without-files');
    // Unheeded, an old proof would pass for a fresh one.
    if (maxStatusAgeSeconds !== undefined) throw new InputError('absence-without-status');
    return (trusted) => verifyAbsence(bytes, { ...trusted, ...inside });
  }
  const digests: FileDigest[] = [];
  for (const path of files) digests.push(await digestFile(path));
  const age = maxStatusAgeSeconds !== undefined && { maxStatusAgeSeconds };
  return (trusted) => verifyBundle(bytes, { ...trusted, ...inside, ...age, files: digests });
}

process.exitCode = await main(process.argv.slice(2));
