// SPDX-License-Identifier: Apache-2.0
// The lock file serves every platform: it names all optional platform packages, also those that the machine it
// was written on could not find, and nothing that is bound to a platform is required.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { Rule } from './rule.ts';

const platformsSchema = z.union([z.string(), z.array(z.string())]).optional();
const lockSchema = z.object({
  packages: z.record(
    z.string(),
    z.object({
      optional: z.boolean().optional(),
      os: platformsSchema,
      cpu: platformsSchema,
      optionalDependencies: z.record(z.string(), z.string()).optional(),
    }),
  ),
});
type LockedPackages = z.output<typeof lockSchema>['packages'];

export const lockFileRule: Rule = {
  name: 'the lock file serves every platform',
  run: async (root) =>
    ['package-lock.json', 'scripts/toolchain/package-lock.json'].flatMap((file) => faultsOf(root, file)),
};

function faultsOf(root: string, file: string): string[] {
  const { packages } = lockSchema.parse(JSON.parse(readFileSync(path.join(root, file), 'utf8')));
  const bound = Object.entries(packages).filter(([, { optional, os, cpu }]) => (os ?? cpu) && !optional);
  const missing = Object.entries(packages).flatMap(([place, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies)
      .filter((name) => !isLocked(packages, place, name))
      .map(
        (name) => `${file}: ${name}, optional for ${place || 'the project'}, has no entry: add its version, os and cpu`,
      ),
  );
  return [...bound.map(([place]) => `${file}: ${place} binds the project to one platform`), ...missing];
}

/** Looks where Node looks: in the package's own node_modules, then in each one above. */
function isLocked(packages: LockedPackages, place: string, name: string): boolean {
  for (let at = place; ; at = at.slice(0, Math.max(0, at.lastIndexOf('/node_modules/')))) {
    if (packages[`${at ? `${at}/` : ''}node_modules/${name}`]) return true;
    if (!at) return false;
  }
}
