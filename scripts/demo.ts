// SPDX-License-Identifier: Apache-2.0
// `npm run demo -- --file <path> [--json] [--out <folder>]`: takes a file to a certificate and verifies it, through the
// public HTTP interfaces of a running system alone. Progress goes to the error stream; --json prints one object.
import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { approve, certified, pay, saveWork, submitOrder } from './demo/order.ts';
import { creator as logInCreator, reviewer as logInReviewer } from './demo/person.ts';
import type { Session } from './demo/session.ts';
import { uploadFile } from './demo/upload.ts';
import { nodeOf, type Report, verify } from './demo/verify.ts';
import { Failure, runJob } from './processes/failure.ts';
import { readSettings } from './supervisor/settings.ts';

const USAGE = 'usage: npm run demo -- --file <path> [--json] [--out <folder>]; PORTAL_URL or PORT names the portal';

interface Result {
  number: string;
  orderNumber: string;
  lookupUrl: string;
  /** Whether the certificate bears the stamp: validators back its block. */
  isStamped: boolean;
  bundle: string;
  package: string;
  certificate: string;
  trust: string;
  /** Offline, with nothing but bundle, file and trust file. */
  report: Report;
  /** The same with a node of the chain, when one answers. */
  nodeReport?: Report;
}

await runJob(async () => {
  const { values } = parseArgs({
    options: {
      file: { type: 'string' },
      out: { type: 'string' },
      json: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  if (!values.file || !existsSync(values.file) || !statSync(values.file).isFile()) throw new Failure(USAGE);
  const result = await demonstrate(path.resolve(values.file), values.out);
  if (values.json) console.log(JSON.stringify(result, null, 2));
  else show(result);
  return result.report.verdict === 'not-verified' ? 1 : 0;
});

async function demonstrate(file: string, out: string | undefined): Promise<Result> {
  const settings = readSettings(process.env, path.resolve(import.meta.dirname, '..'));
  const url = process.env.PORTAL_URL || `http://127.0.0.1:${settings.portalPort}`;
  const demo = { url, dataFolder: settings.dataFolder, say };

  const creator = await logInCreator(demo);
  const stored = await uploadFile(creator, file, say);
  say(`uploaded ${path.basename(file)}, ${stored.size} bytes, encrypted and hashed`);
  const workId = await saveWork(creator, file, stored);
  say('work saved');
  const order = await submitOrder(creator, workId);
  say(`order ${order.orderNumber} submitted`);
  say(`paid in the sandbox: ${await pay(creator, order)}`);
  await approve({ creator, reviewer: await logInReviewer(demo) }, order);
  say('reviewed and approved; waiting for the chain and the certificate');
  const certificate = await certified(creator, order);
  say(`certificate ${certificate.number}`);

  const folder = path.resolve(out ?? path.join(settings.dataFolder, 'demo', certificate.number));
  const files = await download({ creator, orderId: order.id, number: certificate.number, folder });
  const trust = await saveTrustFile(settings.ledgerPort, folder);
  const report = await verify(files.bundle, { file, trust });
  say(`offline: ${report.verdict}`);
  const rpc = await nodeOf(process.env, settings.chainPort);
  const nodeReport = rpc === undefined ? undefined : await verify(files.bundle, { file, trust, rpc });
  if (nodeReport) say(`with the node at ${rpc}: ${nodeReport.verdict}`);
  return {
    number: certificate.number,
    orderNumber: order.orderNumber,
    lookupUrl: certificate.lookupUrl,
    isStamped: certificate.isStamped,
    ...files,
    trust,
    report,
    ...(nodeReport ? { nodeReport } : {}),
  };
}

interface Download {
  creator: Session;
  orderId: string;
  number: string;
  folder: string;
}

async function download({ creator, orderId, number, folder }: Download) {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const files = {
    bundle: path.join(folder, `${number}.proof.json`),
    package: path.join(folder, `${number}.zip`),
    certificate: path.join(folder, `${number}.pdf`),
  };
  for (const [name, file] of Object.entries(files)) await creator.save(`/attestations/${orderId}/${name}`, file);
  return files;
}

/** The operator's own, as published; whoever does not trust the operator takes it from the validators. */
async function saveTrustFile(ledgerPort: number, folder: string): Promise<string> {
  const ledger = process.env.LEDGER_URL || `http://127.0.0.1:${ledgerPort}`;
  const answer = await fetch(`${ledger}/v1/trust`, { signal: AbortSignal.timeout(30_000) }).catch(() => {
    throw new Failure(`no ledger answers at ${ledger}`);
  });
  if (!answer.ok) throw new Failure(`the ledger answered ${answer.status}`);
  const file = path.join(folder, 'trust.json');
  writeFileSync(file, await answer.bytes());
  return file;
}

function show({ lookupUrl, certificate, package: zip, bundle, trust, report }: Result): void {
  console.log(`look-up      ${lookupUrl}`);
  console.log(`certificate  ${certificate}\npackage      ${zip}\nbundle       ${bundle}\ntrust file   ${trust}`);
  console.log(`verdict      ${report.verdict}`);
}

function say(line: string): void {
  console.error(`demo: ${line}`);
}
