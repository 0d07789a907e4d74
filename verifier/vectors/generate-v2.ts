// Writes verifier/vectors/v2 anew, with new keys: node verifier/vectors/generate-v2.ts. It takes a minute and `openssl`; a released
// set is never written again, so it refuses where the folder exists.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { canonicalBytes, sha256, toHex, utf8, verifyBundle } from '../src/index.ts';
import { resultText } from './support/vectors.ts';
import { forgedCases } from './witnesses/forged-cases.ts';
import { goodCases } from './witnesses/good-cases.ts';
import { fileBytes, makeScene, NOW_V2, type WitnessCase } from './witnesses/scene.ts';

const FOLDER = join(dirname(fileURLToPath(import.meta.url)), 'v2');

if (existsSync(FOLDER)) throw new RangeError('verifier/vectors/v2 is released');
const scene = await makeScene();
const files = new Map<string, Uint8Array>();
const entries = [];
for (const one of [...goodCases(scene), ...forgedCases(scene)]) entries.push(await entryOf(one));
files.set('index.json', utf8(`${JSON.stringify({ v: 2, cases: entries }, null, 1)}\n`));
for (const [name, bytes] of files) {
  mkdirSync(dirname(join(FOLDER, name)), { recursive: true });
  writeFileSync(join(FOLDER, name), bytes);
}
console.log(`${entries.length} cases, ${files.size} files`);

async function entryOf(one: WitnessCase) {
  const bytes = fileBytes(one.file);
  const trust = one.trust && canonicalBytes(one.trust);
  const report = await verifyBundle(bytes, { now: new Date(NOW_V2), ...(trust && { trust }) });
  const checks = Object.fromEntries(report.checks.map((check) => [check.name, resultText(check)]));
  const found = report.error?.code ?? checks.witnesses;
  if (found !== one.expected) throw new RangeError(`${one.name}: expected ${one.expected}, found ${found}`);
  const file = `${one.name}.proof.json`;
  files.set(file, bytes);
  const trustName = trust && `trust/${toHex(sha256(trust)).slice(0, 16)}.trust.json`;
  if (trust && trustName) files.set(trustName, trust);
  return {
    name: one.name,
    about: one.about,
    subject: 'bundle',
    file,
    ...(trustName && { trust: trustName }),
    files: [],
    now: NOW_V2,
    verdict: report.verdict,
    exitCode: report.exitCode,
    ...(report.error && { error: report.error.code }),
    checks,
  };
}
