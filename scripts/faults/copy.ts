// SPDX-License-Identifier: Apache-2.0
// A private copy of the project, to break in any way: its own sources, and the installed packages by links. The links
// to our own packages lead into the copy, so that every import meets the fault and none the real tree.
import { execFile } from 'node:child_process';
import { cpSync, existsSync, lstatSync, mkdirSync, readdirSync, readlinkSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';

/** Made from the sources and not kept by git, but imported. */
const GENERATED = ['ledger-service/src/generated', 'portal-api/src/generated', 'web/dist'];
/** Says of what `web/dist` was built. */
const BUILT = 'node_modules/.cache/inkseal/built-web';
const OWN_SCOPE = '@inkseal';
/** What tools keep beside the packages: the copy must not write into that of the real tree. */
const NOT_SHARED = /^\.(cache|vite)/;

/** Copies what git keeps, and what it would keep, from `root` into the empty folder `target`. */
export async function copyProject(root: string, target: string): Promise<void> {
  const { stdout } = await promisify(execFile)(
    'git',
    ['ls-files', '-z', '--cached', '--others', '--exclude-standard'],
    {
      cwd: root,
      maxBuffer: 2 ** 26,
    },
  );
  const files = stdout.split('\0').filter((file) => file !== '');
  for (const file of [...files, ...GENERATED, BUILT].filter((each) => existsSync(path.join(root, each))))
    cpSync(path.join(root, file), path.join(target, file), { recursive: true });
  for (const folder of ['.', ...packageFolders(root)]) linkPackages(path.join(root, folder), path.join(target, folder));
}

/** Our own packages, by the links that npm made for its workspaces. */
function packageFolders(root: string): string[] {
  const scope = path.join(root, 'node_modules', OWN_SCOPE);
  return readdirSync(scope).map((name) =>
    path.relative(root, path.resolve(scope, readlinkSync(path.join(scope, name)))),
  );
}

function linkPackages(from: string, to: string): void {
  const packages = path.join(from, 'node_modules');
  if (!existsSync(packages)) return;
  const links = path.join(to, 'node_modules');
  mkdirSync(links, { recursive: true });
  for (const name of readdirSync(packages)) {
    if (name !== OWN_SCOPE && !NOT_SHARED.test(name)) symlinkSync(path.join(packages, name), path.join(links, name));
  }
  const own = path.join(packages, OWN_SCOPE);
  if (!existsSync(own)) return;
  mkdirSync(path.join(links, OWN_SCOPE));
  for (const name of readdirSync(own)) {
    if (!lstatSync(path.join(own, name)).isSymbolicLink()) throw new RangeError(`${OWN_SCOPE}/${name} is no link`);
    // Relative, so it leads into the copy as the original leads into the tree.
    symlinkSync(readlinkSync(path.join(own, name)), path.join(links, OWN_SCOPE, name));
  }
}
