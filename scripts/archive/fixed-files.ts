// SPDX-License-Identifier: Apache-2.0
// What an archive holds beside the numbers: trust files, the verifier in both forms, and the documents.
import { globSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Failure } from '../processes/failure.ts';
import type { ArchiveFolder } from './archive-folder.ts';

const PAGES = ['verify.html', 'verify.html.sha256', 'court-guide.html', 'court-guide.en.html'];
const DOCUMENTS = ['archive', 'audit', 'errors', 'evidence-package', 'proof-format', 'threat-model'];
/** What `npm run trust -- --sign` publishes. */
const SIGNED = ['trust.json', 'trust.json.sig', 'trust-key.pem'];

export interface FixedSources {
  /** The project's own folder, with the pages built. */
  readonly root: string;
  readonly trust: Uint8Array;
  /** Folders of organisations that published a trust file. */
  readonly published: readonly string[];
}

export interface FixedFacts {
  readonly trustSha256: string;
  readonly verifyPageSha256: string;
  /** The verifier package's path in the archive. */
  readonly verifier: string;
}

/** Throws Failure where a source is missing. */
export async function writeFixedFiles(
  folder: ArchiveFolder,
  { root, trust, published }: FixedSources,
): Promise<FixedFacts> {
  const web = path.join(root, 'web', 'dist');
  const copy = (from: string, to: string) => folder.write(to, contentOf(from));
  const trustSha256 = await folder.write('trust/trust.json', trust);
  await writePublished(published, copy);
  const digests = new Map<string, string>();
  for (const name of PAGES) digests.set(name, await copy(path.join(web, name), name));
  for (const name of DOCUMENTS) await copy(path.join(root, 'docs', `${name}.md`), `docs/${name}.md`);
  const [packed] = readdirSync(web).filter((name) => /^inkseal-verifier-.*\.tgz$/.test(name));
  if (!packed) throw new Failure(`${web} has no verifier package: build the pages first`);
  const verifier = `verifier/${packed}`;
  for (const ending of ['', '.sha256']) await copy(path.join(web, `${packed}${ending}`), `${verifier}${ending}`);
  await copy(path.join(root, 'LICENSE'), 'LICENSE');
  return { trustSha256, verifyPageSha256: digests.get('verify.html') ?? '', verifier };
}

type Copy = (from: string, to: string) => Promise<string>;

/** Each folder under its own name; a member of it that is not of a trust file is left out. */
async function writePublished(folders: readonly string[], copy: Copy): Promise<void> {
  const names = folders.map((each) => path.basename(path.resolve(each)));
  if (new Set(names).size < names.length) throw new Failure('two folders of --published have the same name');
  for (const [place, each] of folders.entries()) {
    const there = globSync(SIGNED, { cwd: each });
    if (!there.includes('trust.json')) throw new Failure(`${each} has no trust.json`);
    for (const name of SIGNED.filter((one) => there.includes(one)))
      await copy(path.join(each, name), `trust/published/${names[place]}/${name}`);
  }
}

function contentOf(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new Failure(`${file} cannot be read: ${error instanceof Error ? error.message : error}`);
  }
}
