// SPDX-License-Identifier: Apache-2.0
// The notices that licences of bundled libraries ask for. Vite lists what it bundled with each package's licence file
// (`build.license`); packages that ship no such file get their text here, and without a text there is no build.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Plugin } from 'vite';

export const NOTICES = 'third-party-notices.txt';
/** For `build.license`; the plugin turns it into `NOTICES`. */
export const BUNDLED = 'bundled-packages.json';

const PACKAGES = path.resolve(import.meta.dirname, '../node_modules');
/** Packages of one repository, whose licence file only one of them ships. */
const LICENSED_WITH: Readonly<Record<string, string>> = { '@ant-design/icons-svg': '@ant-design/icons' };

interface Bundled {
  name: string;
  version: string;
  identifier?: string;
  text?: string;
}

export function thirdPartyNotices(): Plugin {
  return {
    name: 'third-party-notices',
    apply: 'build',
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        const list = bundle[BUNDLED];
        if (list?.type !== 'asset') throw new Error(`Vite wrote no ${BUNDLED}`);
        delete bundle[BUNDLED];
        const packages: Bundled[] = JSON.parse(String(list.source));
        this.emitFile({ type: 'asset', fileName: NOTICES, source: noticesOf(packages) });
      },
    },
  };
}

function noticesOf(packages: readonly Bundled[]): string {
  const line = '='.repeat(72);
  const notices = packages.map(({ name, version, identifier = '', text = textOf(name) }) => {
    return `${line}\n${name} ${version} (${identifier})\n${line}\n${text.trim()}\n`;
  });
  return `This program contains the following libraries.\n\n${notices.join('\n')}`;
}

/** The licence as the package's README says it, or that of the package it comes with. */
function textOf(name: string): string {
  const shared = path.join(PACKAGES, LICENSED_WITH[name] ?? name, 'LICENSE');
  if (existsSync(shared)) return readFileSync(shared, 'utf8');
  const readme = readFileSync(path.join(PACKAGES, name, 'README.md'), 'utf8');
  const [, section] = readme.split(/^#+ Licen[cs]e$/im);
  if (!section?.includes('Permission is hereby granted')) throw new Error(`${name} is bundled without a licence text`);
  return section;
}
