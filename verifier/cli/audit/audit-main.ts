// inkseal-audit: a node, a trust file, and whatever somebody holds. Exit codes: 0 no fault found, 1 faults found, 2 could not
// decide. The network is asked for nothing but the node.
import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import {
  AuditMismatch,
  type AuditNode,
  type AuditProgress,
  type AuditReport,
  type AuditTarget,
  auditPage,
  folderStage,
  NodeFailure,
  runAudit,
} from '../../src/audit/index.ts';
import { parseTrustFile, type TrustFile, TrustFileError, VerificationError } from '../../src/index.ts';
import type { Language } from '../arguments.ts';
import { askedLanguage } from '../asked-language.ts';
import { InputError } from '../input-error.ts';
import { catalogueOf } from '../messages.ts';
import { readBounded } from '../open-proof.ts';
import { inputSentence, printable, printableJson } from '../render.ts';
import { type AuditArguments, readAuditArguments } from './audit-arguments.ts';
import { AuditInputError } from './audit-input-error.ts';
import { auditMessages } from './audit-messages.ts';
import { auditRpc } from './audit-rpc.ts';
import { folderSource } from './folder-source.ts';
import { renderAudit } from './render-audit.ts';
import { stateFile } from './state-file.ts';

const UNDECIDED = 2;
/** Between two lines of progress, ms. */
const PROGRESS_EVERY = 1_000;

async function main(args: readonly string[]): Promise<number> {
  const language = askedLanguage(args);
  try {
    const asked = readAuditArguments(args, language);
    if ('help' in asked) {
      console.log(auditMessages(asked.help).help);
      return 0;
    }
    const report = await audit(asked);
    await write(asked.report, `${printableJson(report, 2)}\n`);
    await write(asked.page, auditPage(report));
    console.log(asked.isJson ? printableJson(report, 2) : renderAudit(report, asked.language));
    return report.exitCode;
  } catch (error) {
    console.error(`inkseal-audit: ${printable(sentenceOf(error, language))}`);
    return UNDECIDED;
  }
}

async function audit(asked: AuditArguments): Promise<AuditReport> {
  const { paths, sample } = asked;
  const bytes = await readBounded(asked.trust);
  const trustSha256 = createHash('sha256').update(bytes).digest('hex');
  const { target, node } = await choose(asked, readTrust(bytes));
  const state = stateFile(asked.state);
  const saved = await state.read();
  const report = await runAudit({
    node,
    target,
    trustSha256,
    stages: paths.length === 0 ? [] : [folderStage(folderSource(paths))],
    ...(sample && { sample }),
    program: 'inkseal-audit',
    subject: subjectOf({
      trustSha256,
      registry: target.registry.address,
      paths: paths.map((path) => resolve(path)),
      sample,
    }),
    ...(saved && { saved }),
    save: (reached) => state.write(reached),
    onProgress: asked.isQuiet ? () => undefined : progressPrinter(asked.language),
  });
  await state.remove();
  return report;
}

function readTrust(bytes: Uint8Array): TrustFile {
  try {
    return parseTrustFile(bytes);
  } catch (error) {
    if (error instanceof TrustFileError) throw new AuditInputError('trust-unusable', error.detail, { cause: error });
    throw error;
  }
}

async function choose(asked: AuditArguments, trust: TrustFile): Promise<{ target: AuditTarget; node: AuditNode }> {
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
    if (Date.now() - printedAt < PROGRESS_EVERY) return;
    printedAt = Date.now();
    const sentence = stage === 'log' || stage === 'batches' ? progress[stage] : progress.items;
    console.error(sentence.replace('{done}', String(done)).replace('{total}', String(total)));
  };
}

/** A defect of this program decides nothing either; left to Node it would end with 1, faults found. */
function sentenceOf(error: unknown, language: Language): string {
  const { inputs } = auditMessages(language);
  if (error instanceof InputError) return inputSentence(error, catalogueOf(language));
  if (error instanceof AuditInputError) return inputs[error.code].replace('{}', () => error.subject);
  if (error instanceof NodeFailure) return inputs['node-failed'].replace('{}', () => error.message);
  if (error instanceof VerificationError) return inputs['registry-not-proven'].replace('{}', () => error.message);
  if (error instanceof AuditMismatch) return inputs['state-of-another'].replace('{}', () => error.message);
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

process.exitCode = await main(process.argv.slice(2));
