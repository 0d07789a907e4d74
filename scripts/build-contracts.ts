// SPDX-License-Identifier: Apache-2.0
// Compiles the contract and writes the artifact that the ledger deploys and the trust file quotes.
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import hre from 'hardhat';
import { buildArtifact, serializeArtifact } from '../contracts/build-artifact.ts';

const usage = `usage: npm run build:contracts [-- --check]
Writes contracts/artifact/EvidenceRegistry.json; with --check only compares, and exits 1 when it is stale.`;

const { values: options } = parseArgs({ options: { check: { type: 'boolean' }, help: { type: 'boolean' } } });
if (options.help) console.log(usage);
else await build(options.check ?? false);

async function build(checkOnly: boolean): Promise<void> {
  const target = path.join(hre.config.paths.root, 'contracts/artifact/EvidenceRegistry.json');
  const built = serializeArtifact(await buildArtifact(hre));
  const isFresh = (await readFile(target, 'utf8').catch(() => '')) === built;
  const name = path.relative(hre.config.paths.root, target);

  if (isFresh) return console.log(`${name} is up to date`);
  if (checkOnly) {
    console.error(`${name} is stale: run npm run build:contracts`);
    process.exitCode = 1;
    return;
  }
  await writeFile(target, built);
  console.log(`${name} written`);
}
