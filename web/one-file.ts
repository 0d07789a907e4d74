// SPDX-License-Identifier: Apache-2.0
// Makes verify.html: one page with its script, style, worker and wasm inside, which asks the network for nothing.
// The same source gives the same bytes, so that anybody can build it and compare its SHA-256 with the published one.
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import react from '@vitejs/plugin-react';
import { build, type Plugin, type Rolldown } from 'vite';
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

async function bundle(): Promise<{ script: string; style: string }> {
  const built = await build({
    root: ROOT,
    configFile: false,
    logLevel: 'warn',
    define: { __VERSION__: JSON.stringify(manifest.version) },
    plugins: [react()],
    build: {
      write: false,
      target: 'es2022',
      assetsInlineLimit: Number.MAX_SAFE_INTEGER,
      cssCodeSplit: false,
      modulePreload: false,
      rolldownOptions: { input: path.join(ROOT, 'src/offline/main.tsx'), output: { codeSplitting: false } },
    },
  });
  const { output } = (Array.isArray(built) ? built[0] : built) as Rolldown.RolldownOutput; // not watching
  const style = output.find((file) => file.type === 'asset' && file.fileName.endsWith('.css'));
  const script = output.find((file) => file.type === 'chunk');
  return {
    script: script?.type === 'chunk' ? script.code : '',
    style: style?.type === 'asset' ? String(style.source) : '',
  };
}

/** Puts both into the page, and into its policy the digest of the only script that may run. */
function assemble(page: string, { script, style }: { script: string; style: string }): string {
  const inert = script.replaceAll('</script', '<\\/script');
  return page
    .replace('sha256-script-digest', () => `sha256-${sha256(inert, 'base64')}`)
    .replace('<!-- style -->', () => `<style>${style}</style>`)
    .replace('<!-- script -->', () => `<script type="module">${inert}</script>`);
}

const sha256 = (text: string, encoding: 'hex' | 'base64'): string => createHash('sha256').update(text).digest(encoding);
