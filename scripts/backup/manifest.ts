// SPDX-License-Identifier: Apache-2.0
// What a backup holds. The manifest is written last: without it a backup is not complete, and nothing is restored from it.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { Failure } from '../processes/failure.ts';
import { writeDurably } from '../processes/files.ts';
import { digestOf, eachAtOnce } from './copy.ts';

const MANIFEST = 'manifest.json';
/** The name is the time, so that names sort by age. */
const ID = /^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d\.\d{3}Z$/;

/** A path that stays below the folder it is joined to. */
const relativePath = z.string().regex(/^(?!.*(^|\/)\.\.(\/|$))[^/\\].*$/);
const partSchema = z.object({
  path: relativePath,
  sizeBytes: z.int().nonnegative(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
const clusterSchema = z.object({
  /** Folder in the backup. */
  folder: relativePath,
  systemIdentifier: z.string().regex(/^\d+$/),
  /** Major version of the server. */
  version: z.int(),
  databases: z.array(z.string()),
});
const manifestSchema = z.object({
  mediaType: z.literal('application/vnd.inkseal.backup+json;v=1'),
  id: z.string().regex(ID),
  /** When the copy of the database was whole: the earliest time that can be restored from it. */
  completeAt: z.iso.datetime(),
  release: z.string(),
  recipients: z.array(z.string()),
  clusters: z.array(clusterSchema),
  /** The embedded chain, whose newest copies are below `chain/`. */
  chain: z.strictObject({ genesisHash: z.string().regex(/^0x[0-9a-f]{64}$/) }).optional(),
  /** Content that lies beside the backups; `contents.txt` is its list. */
  content: z.enum(['blocks', 'elsewhere']),
  parts: z.array(partSchema),
});

export type Part = z.output<typeof partSchema>;
export type Cluster = z.output<typeof clusterSchema>;
export type Manifest = z.output<typeof manifestSchema>;

export const backupId = (at: Date): string => at.toISOString().replaceAll(':', '-');

export async function writeManifest(folder: string, manifest: Omit<Manifest, 'mediaType'>): Promise<void> {
  const whole = manifestSchema.parse({ mediaType: 'application/vnd.inkseal.backup+json;v=1', ...manifest });
  await writeDurably(path.join(folder, MANIFEST), `${JSON.stringify(whole, null, 1)}\n`);
}

export function readManifest(folder: string): Manifest {
  const file = path.join(folder, MANIFEST);
  if (!existsSync(file)) throw new Failure(`${folder} is no complete backup: it has no ${MANIFEST}`);
  const manifest = parseManifest(readFileSync(file, 'utf8'));
  if (!manifest) throw new Failure(`${file} is damaged, or of another release`);
  if (manifest.id !== path.basename(folder))
    throw new Failure(`${file} is the manifest of another backup, ${manifest.id}`);
  return manifest;
}

function parseManifest(text: string): Manifest | undefined {
  try {
    return manifestSchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** The folders of complete backups, the newest first. */
export function completeBackups(backups: string): string[] {
  const base = path.join(backups, 'base');
  const names = existsSync(base) ? readdirSync(base) : [];
  return names
    .filter((name) => ID.test(name) && existsSync(path.join(base, name, MANIFEST)))
    .sort()
    .reverse()
    .map((name) => path.join(base, name));
}

/** What is missing or changed, in words. */
export async function damagedParts(folder: string, { parts }: Pick<Manifest, 'parts'>): Promise<string[]> {
  const damaged = await eachAtOnce(parts, async (part) => {
    const found = await digestOf(path.join(folder, part.path));
    if (!found) return [`${part.path}: missing`];
    return found.sha256 === part.sha256 && found.sizeBytes === part.sizeBytes ? [] : [`${part.path}: changed`];
  });
  return damaged.flat();
}
