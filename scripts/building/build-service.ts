// SPDX-License-Identifier: Apache-2.0
// Copies the sources that a service runs from, and installs the packages that production needs beside them.
import { cpSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { Failure } from '../processes/failure.ts';
import { npm } from '../setup/node.mjs';
import { trimPackages } from '../setup/trim.mjs';

export const SERVICES = ['ledger', 'portal'] as const;
type Service = (typeof SERVICES)[number];

const WORKSPACE: Readonly<Record<Service, string>> = { ledger: 'ledger-service', portal: 'portal-api' };
const SHARED = ['package.json', 'package-lock.json', '.npmrc', 'LICENSE', 'service-kit/src', 'verifier/src'];
const OWN: Readonly<Record<Service, readonly string[]>> = {
  ledger: ['ledger-service/src', 'ledger-service/prisma', 'contracts/artifact'],
  portal: ['portal-api/src', 'portal-api/prisma', 'web/dist'],
};
const NOT_RUN = /\.test\.tsx?$|\/fixtures$/;

export function isService(text: string): text is Service {
  return SERVICES.some((service) => service === text);
}

export function buildService({ root, service, folder }: { root: string; service: Service; folder: string }): void {
  if (existsSync(folder)) throw new Failure(`${folder} exists`);
  mkdirSync(folder, { recursive: true });
  // npm compares every workspace with the lock file, also those that it does not install.
  const manifests = workspacesOf(root).map((workspace) => `${workspace}/package.json`);
  for (const place of [...SHARED, ...OWN[service], ...manifests])
    cpSync(path.join(root, place), path.join(folder, place), {
      recursive: true,
      filter: (source) => !NOT_RUN.test(source.split(path.sep).join('/')),
    });
  const only = ['--workspace', WORKSPACE[service], '--omit=dev', '--legacy-peer-deps', '--ignore-scripts'];
  npm(process.execPath, ['ci', ...only, '--loglevel=error'], folder);
  trimPackages(folder);
}

function workspacesOf(root: string): string[] {
  const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  return z.object({ workspaces: z.array(z.string()) }).parse(manifest).workspaces;
}
