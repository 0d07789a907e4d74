// SPDX-License-Identifier: Apache-2.0

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { expect } from 'chai';
import { temporaryFolder } from '../../test/support/temporary.ts';
import { buildWeb } from './build-web.mjs';
import { trimPackages } from './trim.mjs';

/** A folder with these files in it. */
function folderWith(files: Record<string, string>): string {
  const root = temporaryFolder();
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(path.join(root, path.dirname(file)), { recursive: true });
    writeFileSync(path.join(root, file), text);
  }
  return root;
}

describe('buildWeb', () => {
  /** Stands for Vite: notes each build, and fails when the page says so. */
  const VITE = `
    const { appendFileSync, mkdirSync, readFileSync, writeFileSync } = require('node:fs');
    appendFileSync('../builds', process.env.NODE_ENV + '\\n');
    const page = readFileSync('src/page.tsx', 'utf8');
    if (page.includes('broken')) { console.error('page.tsx is broken'); process.exit(1); }
    mkdirSync('dist/assets', { recursive: true });
    writeFileSync('dist/index.html', page);
    writeFileSync('dist/assets/a.js', page.repeat(1000));
  `;
  /** Stands for the packing of the verifier. */
  const PACKER = `
    import { writeFileSync } from 'node:fs';
    if (process.argv[2] !== '--out') throw new Error('no folder');
    writeFileSync(process.argv[3] + '/verifier.tgz', 'packed');
  `;
  const ground = () =>
    folderWith({
      'node_modules/vite/bin/vite.js': VITE,
      'web/vite.config.ts': '',
      'web/src/page.tsx': 'first',
      'web/src/page.test.ts': 'a test',
      'verifier/src/verify.ts': 'the verifier',
      'scripts/pack-verifier.ts': PACKER,
    });
  const build = (root: string) => buildWeb(root, process.execPath);
  const builds = (root: string) => readFileSync(path.join(root, 'builds'), 'utf8').trim().split('\n');
  const change = (root: string, file: string, text: string) => writeFileSync(path.join(root, file), text);

  it('builds once, for production, and compresses what is large', async () => {
    const root = ground();
    await Promise.all([build(root), build(root)]);
    await build(root);
    expect(builds(root)).to.deep.equal(['production']);
    const script = path.join(root, 'web/dist/assets/a.js');
    expect(brotliDecompressSync(readFileSync(`${script}.br`)).equals(readFileSync(script))).to.equal(true);
    expect(gunzipSync(readFileSync(`${script}.gz`)).equals(readFileSync(script))).to.equal(true);
    expect(existsSync(path.join(root, 'web/dist/index.html.br'))).to.equal(false);
    expect(readFileSync(path.join(root, 'web/dist/verifier.tgz'), 'utf8')).to.equal('packed');
  });

  it('when pages or the verifier change › builds again; when tests do › does not', async () => {
    const root = ground();
    for (const [file, text, count] of [
      ['web/src/page.tsx', 'second', 1],
      ['web/src/page.test.ts', 'another test', 1],
      ['verifier/src/verify.ts', 'another verifier', 2],
    ] as const) {
      change(root, file, text);
      await build(root);
      expect(builds(root), file).to.deep.equal(Array(count).fill('production'));
    }
  });

  it('when a build fails › says why, and builds again next time', async () => {
    const root = ground();
    change(root, 'web/src/page.tsx', 'broken');
    const failure = await build(root).catch((error: Error) => error.message);
    expect(failure).to.include('page.tsx is broken');
    change(root, 'web/src/page.tsx', 'whole');
    await build(root);
    expect(readFileSync(path.join(root, 'web/dist/index.html'), 'utf8')).to.equal('whole');
  });
});

describe('trimPackages', () => {
  it('removes what nobody opens and nothing else', () => {
    const FONTS = 'node_modules/@expo-google-fonts/noto-sans-sc';
    const RUNTIME = 'node_modules/@prisma/client/runtime';
    const gone = [
      `${FONTS}/300Light/NotoSansSC_300Light.ttf`,
      'node_modules/@expo-google-fonts/noto-sans-kr/700Bold/NotoSansKR_700Bold.ttf',
      `${RUNTIME}/query_compiler_fast_bg.mysql.mjs`,
      'node_modules/antd/dist/antd.js',
      'node_modules/deep/lib/a.js.map',
    ];
    const kept = [
      `${FONTS}/400Regular/NotoSansSC_400Regular.ttf`,
      `${FONTS}/700Bold/NotoSansSC_700Bold.ttf`,
      'node_modules/@expo-google-fonts/noto-sans-kr/400Regular/NotoSansKR_400Regular.ttf',
      `${RUNTIME}/query_compiler_fast_bg.postgresql.mjs`,
      'node_modules/antd/es/index.js',
      'node_modules/deep/lib/a.js',
      'node_modules/other/dist/a.js',
    ];
    const root = folderWith(Object.fromEntries([...gone, ...kept].map((file) => [file, 'x'])));
    trimPackages(root);
    for (const file of gone) expect(existsSync(path.join(root, file)), file).to.equal(false);
    for (const file of kept) expect(existsSync(path.join(root, file)), file).to.equal(true);
  });
});
