// SPDX-License-Identifier: Apache-2.0
// Makes verify.html: one page with its script, style, worker, wasm and the notices of its libraries inside, which asks
// the network for nothing.
// The same source gives the same bytes, so that anybody can build it and compare its SHA-256 with the published one.
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import react from '@vitejs/plugin-react';
import { build, type Plugin } from 'vite';
import { BUNDLED, NOTICES, thirdPartyNotices } from './notices.ts';
import manifest from './package.json' with { type: 'json' };

const ROOT = import.meta.dirname;
const NAME = 'verify.html';

/** After a build of the site, builds the one-file verifier and its SHA-256 beside it. */
export function oneFileVerifier(): Plugin {
  let folder = '';
  return {
    name: 'one-file-verifier',
    apply: 'build',
    configResolved: ({ root, build: { outDir } }) => {
      folder = path.resolve(root, outDir);
    },
    closeBundle: async () => {
      const html = assemble(await readFile(path.join(ROOT, NAME), 'utf8'), await bundle());
      await writeFile(path.join(folder, NAME), html);
      await writeFile(path.join(folder, `${NAME}.sha256`), `${sha256(html, 'hex')}  ${NAME}\n`);
    },
  };
}

interface Parts {
  script: string;
  style: string;
  notices: string;
}

async function bundle(): Promise<Parts> {
  const built = await build({
    root: ROOT,
    configFile: false,
    logLevel: 'warn',
    define: { __VERSION__: JSON.stringify(manifest.version) },
    plugins: [react(), thirdPartyNotices()],
    build: {
      write: false,
      license: { fileName: BUNDLED },
      target: 'es2022',
      assetsInlineLimit: Number.MAX_SAFE_INTEGER,
      cssCodeSplit: false,
      modulePreload: false,
      rolldownOptions: { input: path.join(ROOT, 'src/offline/main.tsx'), output: { codeSplitting: false } },
    },
  });
  const results = Array.isArray(built) ? built : [built];
  const output = results.flatMap((result) => ('output' in result ? result.output : []));
  const textOf = (ending: string) => {
    const file = output.find(({ fileName }) => fileName.endsWith(ending));
    if (!file) throw new Error(`the one-file verifier has no ${ending}`);
    return file.type === 'chunk' ? file.code : String(file.source);
  };
  return { script: textOf('.js'), style: textOf('.css'), notices: textOf(NOTICES) };
}

/** Puts both into the page, and into its policy the digest of the only script that may run. */
function assemble(page: string, { script, style, notices }: Parts): string {
  const inert = script.replaceAll('</script', '<\\/script');
  return page
    .replace('sha256-script-digest', () => `sha256-${sha256(inert, 'base64')}`)
    .replace('<!-- style -->', () => `<style>${style}</style>`)
    .replace('<!-- notices -->', () => escaped(notices))
    .replace('<!-- script -->', () => `<script type="module">${inert}</script>`);
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

const sha256 = (text: string, encoding: 'hex' | 'base64'): string => createHash('sha256').update(text).digest(encoding);
