// SPDX-License-Identifier: Apache-2.0
// The verifier's library and command line as plain JavaScript with their libraries inside: readable, not minified.
import path from 'node:path';
import { build } from 'vite';

/** Writes `index.js`, `containers.js` and `cli.js` into the folder. Answers the files that went into them. */
export async function bundleVerifier(root: string, folder: string): Promise<{ modules: string[] }> {
  const source = (name: string) => path.join(root, 'verifier', name);
  const built = await build({
    root: path.join(root, 'verifier'),
    configFile: false,
    logLevel: 'warn',
    // Node's own modules stay imports; everything else is compiled in.
    ssr: { noExternal: true },
    build: {
      ssr: true,
      outDir: folder,
      emptyOutDir: false,
      target: 'node20',
      minify: false,
      rolldownOptions: {
        input: {
          index: source('src/index.ts'),
          containers: source('src/containers/index.ts'),
          cli: source('cli/main.ts'),
        },
        output: { entryFileNames: '[name].js', chunkFileNames: 'shared/[name].js' },
      },
    },
  });
  const results = Array.isArray(built) ? built : [built];
  const files = results.flatMap((result) => ('output' in result ? result.output : []));
  const modules = files.flatMap((file) => (file.type === 'chunk' ? Object.keys(file.modules) : []));
  return { modules: [...new Set(modules)].sort() };
}
