// SPDX-License-Identifier: Apache-2.0
// A service of a test's own that speaks S3, over a folder. Found through VERSITYGW_BIN or as `versitygw` on PATH.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { S3Place } from '../../portal-api/src/storage/s3-store.ts';
import { type Child, launch } from '../../scripts/processes/child.ts';
import { freePort } from '../../scripts/processes/ports.ts';
import { eventually } from './eventually.ts';
import { findProgram } from './programs.ts';
import { temporaryFolder, untilExit } from './temporary.ts';

export interface Bucket extends Child {
  place: S3Place & { endpoint: string };
  /** Of the objects, each a file. */
  folder: string;
  credentialsFile: string;
}

/** The path of the program on this machine, if there is one. */
export const findVersitygw = (): string | undefined => findProgram('VERSITYGW_BIN', 'versitygw');

export async function startBucket(program: string): Promise<Bucket> {
  const [root, port] = [temporaryFolder(), await freePort()];
  const [bucket, endpoint] = ['content', `http://127.0.0.1:${port}`];
  const folder = path.join(root, 'objects', bucket);
  mkdirSync(folder, { recursive: true });
  const credentials = { accessKeyId: 'inkseal', secretAccessKey: 'a secret of tests' };
  const credentialsFile = path.join(root, 'credentials.json');
  writeFileSync(credentialsFile, JSON.stringify(credentials));
  const child = await launch({
    name: 'versitygw',
    command: program,
    args: ['--quiet', '--port', `127.0.0.1:${port}`, 'posix', '--sidecar', sidecarIn(root), path.dirname(folder)],
    env: { ...process.env, ROOT_ACCESS_KEY: credentials.accessKeyId, ROOT_SECRET_KEY: credentials.secretAccessKey },
    cwd: root,
    logFile: path.join(root, 'versitygw.log'),
  });
  await eventually(() =>
    fetch(endpoint).then(
      () => true,
      () => false,
    ),
  );
  return untilExit({
    ...child,
    place: { endpoint, region: 'us-east-1', bucket, credentials },
    folder,
    credentialsFile,
  });
}

/** Not every temporary folder has extended attributes. */
function sidecarIn(root: string): string {
  const folder = path.join(root, 'sidecar');
  mkdirSync(folder);
  return folder;
}
