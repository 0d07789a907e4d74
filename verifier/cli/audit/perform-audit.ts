// From what was asked for to the report: the trust file, the registry on the node, the stages, the saved progress.
import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import {
  AuditMismatch,
  type AuditNode,
  type AuditProgress,
  type AuditReport,
  type AuditStage,
  type AuditTarget,
  auditPage,
  NodeFailure,
  runAudit,
  type Sample,
} from '../../src/audit/index.ts';
import { parseTrustFile, type TrustFile, TrustFileError, VerificationError } from '../../src/index.ts';
import type { Language } from '../arguments.ts';
import { InputError } from '../input-error.ts';
import { catalogueOf } from '../messages.ts';
import { inputSentence, printableJson } from '../render.ts';
import { AuditInputError } from './audit-input-error.ts';
import { auditMessages } from './audit-messages.ts';
import { auditRpc } from './audit-rpc.ts';
import { renderAudit } from './render-audit.ts';
import { stateFile } from './state-file.ts';

/** Between two lines of progress. */
const PROGRESS_EVERY_MS = 1_000;

export interface AuditRequest {
  readonly trust: Uint8Array;
  readonly rpc: string;
  readonly registry?: string;
  readonly sample?: Sample;
  readonly state?: string;
  readonly isQuiet: boolean;
  readonly language: Language;
  /** Names the program in the report. */
  readonly program: string;
  readonly stages: readonly AuditStage[];
  /** Tells these stages from those over anything else: progress that was saved belongs to one audit. */
  readonly about: readonly string[];
}

export interface AuditOutput {
  readonly report?: string;
  readonly page?: string;
  readonly isJson: boolean;
  readonly language: Language;
}

/** Rejects with what `auditSentence` has a sentence for, where nothing can be decided. */
export async function performAudit(asked: AuditRequest): Promise<AuditReport> {
  const { trust, sample, stages, program, about } = asked;
  const trustSha256 = createHash('sha256').update(trust).digest('hex');
  const { target, node } = await choose(asked, readTrust(trust));
  const state = stateFile(asked.state);
  const saved = await state.read();
  const report = await runAudit({
    node,
    target,
    trustSha256,
    stages,
    ...(sample && { sample }),
    program,
    subject: subjectOf({ trustSha256, registry: target.registry.address, program, about, sample }),
    ...(saved && { saved }),
    save: (reached) => state.write(reached),
    onProgress: asked.isQuiet ? () => undefined : progressPrinter(asked.language),
  });
  await state.remove();
  return report;
}

/** Writes the report where it was asked for, and prints it. */
export async function publishAudit(found: AuditReport, { report, page, isJson, language }: AuditOutput): Promise<void> {
  await write(report, `${printableJson(found, 2)}\n`);
  await write(page, auditPage(found));
  console.log(isJson ? printableJson(found, 2) : renderAudit(found, language));
}

/** Why nothing was decided; undefined for a defect of the program. */
export function auditSentence(error: unknown, language: Language): string | undefined {
  const { inputs } = auditMessages(language);
  if (error instanceof InputError) return inputSentence(error, catalogueOf(language));
  if (error instanceof AuditInputError) return inputs[error.code].replace('{}', () => error.subject);
  if (error instanceof NodeFailure) return inputs['node-failed'].replace('{}', () => error.message);
  if (error instanceof VerificationError) return inputs['registry-not-proven'].replace('{}', () => error.message);
  if (error instanceof AuditMismatch) return inputs['state-of-another'].replace('{}', () => error.message);
  return undefined;
}

function readTrust(bytes: Uint8Array): TrustFile {
  try {
    return parseTrustFile(bytes);
  } catch (error) {
    if (error instanceof TrustFileError) throw new AuditInputError('trust-unusable', error.detail, { cause: error });
    throw error;
  }
}

async function choose(
  asked: Pick<AuditRequest, 'rpc' | 'registry'>,
  trust: TrustFile,
): Promise<{ target: AuditTarget; node: AuditNode }> {
  const rpc = auditRpc(asked.rpc);
  const chainId = String(await rpc.chainId());
  const network = trust.networks.find((one) => one.chainId === chainId);
  if (!network) throw new AuditInputError('chain-not-trusted', chainId);
  const named = network.registries.filter(({ address }) => (asked.registry ?? address) === address);
  const [registry] = named;
  if (!registry || named.length > 1) {
    const addresses = network.registries.map(({ address }) => address);
    throw new AuditInputError('registry-not-named', addresses.join(', '));
  }
  const { consensus } = network;
  return { target: { trust, network, registry }, node: rpc.about({ consensus, address: registry.address }) };
}

const subjectOf = (parts: unknown): string => createHash('sha256').update(JSON.stringify(parts)).digest('hex');

async function write(path: string | undefined, text: string): Promise<void> {
  if (path === undefined) return;
  await writeFile(path, text).catch((error: unknown) => {
    throw new AuditInputError('cannot-write', path, { cause: error });
  });
}

function progressPrinter(language: Language): (progress: AuditProgress) => void {
  const { progress } = auditMessages(language);
  let printedAt = 0;
  return ({ stage, done, total }) => {
    if (Date.now() - printedAt < PROGRESS_EVERY_MS) return;
    printedAt = Date.now();
    console.error(progress[stage].replace('{done}', String(done)).replace('{total}', String(total)));
  };
}
