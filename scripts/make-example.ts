// SPDX-License-Identifier: Apache-2.0
// `npm run example`: makes verifier/example again, the certificate that the verifier's package is tried with. It is a real
// one, from a test network of four validators that exists for this run only; QBFT_ENGINE names its engine.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import { z } from 'zod';
import { type Program, runNode } from '../test/support/processes.ts';
import { permissionedSettings, QbftNetwork } from '../test/support/qbft.ts';
import { temporaryFolder } from '../test/support/temporary.ts';
import { Failure, runJob } from './processes/failure.ts';
import { freePort } from './processes/ports.ts';

const ROOT = path.resolve(import.meta.dirname, '..');
const EXAMPLE = path.join(ROOT, 'verifier', 'example');
const VASE = path.join(import.meta.dirname, 'packaging', 'vase.svg');
const demoResult = z.object({ certificate: z.string(), bundle: z.string(), trust: z.string() });

await runJob(async () => {
  const { values } = parseArgs({ options: { help: { type: 'boolean' } } });
  if (values.help) {
    console.log('usage: QBFT_ENGINE=<path of a GoQuorum geth> npm run example');
    return 0;
  }
  if (!process.env.QBFT_ENGINE) throw new Failure('QBFT_ENGINE must name a GoQuorum geth');
  const network = await QbftNetwork.create();
  try {
    await network.start();
    await makeExample(network.urls);
  } finally {
    await network.stop();
  }
  return 0;
});

async function makeExample(rpcUrls: string[]): Promise<void> {
  const folder = temporaryFolder();
  const env = await settingsOf(folder, rpcUrls);
  const original = path.join(folder, 'original.png');
  await sharp(VASE).png({ palette: true, colours: 32 }).toFile(original);
  const up = runNode(path.join(ROOT, 'scripts/up.ts'), [], { env });
  try {
    await up.prints(/inkseal: open http/, 120_000);
    const demo = runNode(path.join(ROOT, 'scripts/demo.ts'), ['--file', original, '--json'], { env });
    if ((await demo.exited) !== 0) throw new Failure(`the demo failed:\n${demo.output()}`);
    const { certificate, bundle, trust } = demoResult.parse(jsonIn(demo));
    rmSync(EXAMPLE, { recursive: true, force: true });
    mkdirSync(EXAMPLE, { recursive: true });
    const files = {
      'certificate.pdf': certificate,
      'example.proof.json': bundle,
      'trust.json': trust,
      'original.png': original,
    };
    for (const [name, file] of Object.entries(files)) writeFileSync(path.join(EXAMPLE, name), readFileSync(file));
    console.log(`${path.relative(process.cwd(), EXAMPLE)} written`);
  } finally {
    up.signal('SIGTERM');
    await up.exited;
  }
}

async function settingsOf(folder: string, rpcUrls: string[]): Promise<Record<string, string>> {
  const names = ['PORT', 'LEDGER_PORT', 'CHAIN_PORT', 'PG_PORT'];
  const ports = await Promise.all(names.map(async (name) => [name, String(await freePort())]));
  return { ...Object.fromEntries(ports), INKSEAL_DATA: path.join(folder, 'data'), ...permissionedSettings(rpcUrls) };
}

/** What `--json` printed, among the lines of progress. */
function jsonIn(program: Program): unknown {
  const output = program.output();
  return JSON.parse(output.slice(output.indexOf('\n{') + 1, output.lastIndexOf('\n}') + 2));
}
