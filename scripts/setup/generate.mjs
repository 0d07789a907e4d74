// SPDX-License-Identifier: Apache-2.0
// Generates the database clients that are not committed, when their schema or generator changed.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { withLock } from './lock.mjs';

const PRISMA_CLIENTS = [
  { workspace: 'ledger-service', schema: 'prisma/schema.prisma', output: 'src/generated/prisma/client.ts' },
  { workspace: 'portal-api', schema: 'prisma/schema.prisma', output: 'src/generated/prisma/client.ts' },
];

export async function generateCode(root, node) {
  const stale = () => PRISMA_CLIENTS.filter((client) => isStale(root, client));
  if (stale().length === 0) return;
  await withLock(path.join(root, '.generate.lock'), 'code is being generated', () => {
    for (const client of stale()) {
      console.error(`inkseal: generating the database client of ${client.workspace} ...`);
      generate(root, node, client);
      mkdirSync(path.dirname(stampFile(root, client)), { recursive: true });
      writeFileSync(stampFile(root, client), stampOf(root, client));
    }
  });
}

function isStale(root, client) {
  const folder = path.join(root, client.workspace);
  if (!existsSync(path.join(folder, client.schema))) return false;
  if (!existsSync(path.join(folder, client.output)) || !existsSync(stampFile(root, client))) return true;
  return readFileSync(stampFile(root, client), 'utf8') !== stampOf(root, client);
}

function generate(root, node, { workspace, schema }) {
  const cli = path.join(root, 'node_modules', 'prisma', 'build', 'index.js');
  // The client needs no native engine; naming any program keeps Prisma from downloading one.
  const env = {
    ...process.env,
    PRISMA_SCHEMA_ENGINE_BINARY: node,
    PRISMA_HIDE_UPDATE_MESSAGE: '1',
    CHECKPOINT_DISABLE: '1',
  };
  const cwd = path.join(root, workspace);
  const { status, stdout, stderr } = spawnSync(node, [cli, 'generate', '--schema', schema], {
    cwd,
    env,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`the database client of ${workspace} could not be generated:\n${stdout}${stderr}`);
}

function stampFile(root, { workspace }) {
  return path.join(root, 'node_modules', '.cache', 'inkseal', `generated-${workspace}`);
}

function stampOf(root, { workspace, schema }) {
  const prisma = readFileSync(path.join(root, 'node_modules', 'prisma', 'package.json'));
  return createHash('sha256')
    .update(prisma)
    .update(readFileSync(path.join(root, workspace, schema)))
    .digest('hex');
}
