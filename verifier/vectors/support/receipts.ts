// From cases of receipts to files: each is judged, must come out as its author wrote, and is recorded with every check's result.
import { canonicalBytes, encodeBundle, sha256, toHex, utf8 } from '../../src/index.ts';
import { type ReceiptReport, verifyReceipt } from '../../src/receipts/index.ts';
import type { ReceiptCase } from '../cases/receipt-case.ts';
import { receiptCases } from '../cases/receipts.ts';
import { NOW } from './world.ts';

/** One line of receipts/index.json. */
export interface ReceiptEntry {
  readonly name: string;
  readonly about: string;
  readonly subject: 'receipt';
  readonly file: string;
  readonly trust?: string;
  readonly proof?: string;
  readonly now: string;
  readonly verdict: string;
  readonly exitCode: number;
  readonly error?: string;
  readonly checks: Readonly<Record<string, string>>;
}

export async function makeReceiptVectors(): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  const index: ReceiptEntry[] = [];
  for (const one of await receiptCases()) index.push(await entryOf(one, files));
  return files.set('index.json', utf8(`${JSON.stringify({ v: 1, cases: index }, null, 1)}\n`));
}

export const receiptResults = ({ checks }: ReceiptReport): Record<string, string> =>
  Object.fromEntries(
    checks.map((check) => {
      if (check.outcome === 'passed') return [check.name, 'passed'];
      return [check.name, check.outcome === 'failed' ? `failed ${check.code}` : `not-run ${check.reason}`];
    }),
  );

async function entryOf(one: ReceiptCase, files: Map<string, Uint8Array>): Promise<ReceiptEntry> {
  const bytes = one.file instanceof Uint8Array ? one.file : canonicalBytes(one.file);
  const trust = one.trust && canonicalBytes(one.trust);
  const proof = one.proof && encodeBundle(one.proof);
  const now = one.now ?? NOW;
  const report = await verifyReceipt(bytes, { now: new Date(now), ...(trust && { trust }), ...(proof && { proof }) });
  const checks = receiptResults(report);
  const found = [report.verdict, report.error?.code ?? Object.values(checks).find(isTheCase)];
  if (JSON.stringify(found) !== JSON.stringify([one.verdict, one.expected])) {
    throw new RangeError(
      `${one.name}: expected ${one.verdict} ${one.expected}, found ${found} in ${JSON.stringify(checks)}`,
    );
  }
  const named = (content: Uint8Array | undefined, folder: string, ending: string) => {
    const name = content && `${folder}/${toHex(sha256(content)).slice(0, 16)}.${ending}.json`;
    if (content && name) files.set(name, content);
    return name;
  };
  const file = `${one.name}.receipt.json`;
  files.set(file, bytes);
  const trustName = named(trust, 'trust', 'trust');
  const proofName = named(proof, 'proof', 'proof');
  return {
    name: one.name,
    about: one.about,
    subject: 'receipt',
    file,
    ...(trustName && { trust: trustName }),
    ...(proofName && { proof: proofName }),
    now,
    verdict: report.verdict,
    exitCode: report.exitCode,
    ...(report.error && { error: report.error.code }),
    checks,
  };

  function isTheCase(result: string): boolean {
    return result === one.expected;
  }
}
