// SPDX-License-Identifier: Apache-2.0
// Removes from a fresh install what nothing here ever opens: a third of its bytes. `npm ci` brings it all back, so
// this follows every install. `what` is matched against the names in the folder; `isDeep` also goes below it.
import { existsSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';

const INSTALLED = [
  {
    folder: 'node_modules',
    what: /\.map$/,
    isDeep: true,
    why: 'source maps of packages are for their authors; nobody steps through them here',
  },
  {
    folder: 'node_modules/@expo-google-fonts/noto-sans-sc',
    what: /^(100Thin|200ExtraLight|300Light|500Medium|600SemiBold|800ExtraBold|900Black)$/,
    why: 'certificates are set in the weights 400 and 700',
  },
  ...['noto-sans-kr', 'noto-sans-arabic', 'noto-serif-tibetan'].map((font) => ({
    folder: `node_modules/@expo-google-fonts/${font}`,
    what: /^(100Thin|200ExtraLight|300Light|500Medium|600SemiBold|700Bold|800ExtraBold|900Black)$/,
    why: 'characters that the Chinese font lacks are set in the weight 400 alone',
  })),
  {
    folder: 'node_modules/@prisma/client/runtime',
    what: /^query_compiler_\w+\.(cockroachdb|mysql|sqlite|sqlserver)\./,
    why: 'the databases are PostgreSQL',
  },
  {
    folder: 'node_modules/@prisma/client/runtime',
    what: /^query_compiler_small_bg\./,
    why: 'the generated clients load the fast query compiler',
  },
  {
    folder: 'node_modules/@prisma/studio-core/dist',
    what: /^ui$/,
    why: 'the pages of a database browser; Prisma loads only the rest',
  },
  {
    folder: 'node_modules/antd',
    what: /^dist$/,
    why: 'bundles for a script tag; the build of the pages takes the modules',
  },
];

const NODE = [
  { folder: '.', what: /^(include|share)$/, why: 'headers and manual pages: no native code is built here' },
];

/** After `npm ci` in the root. */
export function trimPackages(root) {
  for (const each of INSTALLED) trim(root, each);
}

/** After the install of a Node for the project alone; `folder` is its package. */
export function trimNode(folder) {
  for (const each of NODE) trim(folder, each);
}

function trim(root, { folder, what, isDeep = false }) {
  const start = path.join(root, folder);
  for (const entry of existsSync(start) ? readdirSync(start, { withFileTypes: true }) : []) {
    if (what.test(entry.name)) rmSync(path.join(start, entry.name), { recursive: true });
    // Not through links: the workspaces stand in node_modules as links, and are ours.
    else if (isDeep && entry.isDirectory()) trim(start, { folder: entry.name, what, isDeep });
  }
}
