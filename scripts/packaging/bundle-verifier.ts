// SPDX-License-Identifier: Apache-2.0
// The verifier's library and command lines as plain JavaScript with their libraries inside: readable, not minified.
import path from 'node:path';
import { build } from 'vite';

export const NOTICES = 'THIRD-PARTY-NOTICES.md';

/** Writes `index.js`, `containers.js`, `receipts.js`, `signatures.js`, `cli.js`, `audit.js` and the notices of the libraries inside them into the folder. */
export async function bundleVerifier(root: string, folder: string): Promise<void> {
  const source = (name: string) => path.join(root, 'verifier', name);
  await build({
    root: path.join(root, 'verifier'),
    configFile: false,
    logLevel: 'warn',
    // Node's own modules stay imports; everything else is compiled in.
    ssr: { noExternal: true },
    build: {
      ssr: true,
      outDir: folder,
      license: { fileName: NOTICES },
      emptyOutDir: false,
      target: 'node20',
      minify: false,
      rolldownOptions: {
        input: {
          index: source('src/index.ts'),
          containers: source('src/containers/index.ts'),
          receipts: source('src/receipts/index.ts'),
          signatures: source('src/signatures/index.ts'),
          cli: source('cli/main.ts'),
          audit: source('cli/audit/audit-main.ts'),
        },
        output: { entryFileNames: '[name].js', chunkFileNames: 'shared/[name].js' },
      },
    },
  });
}
