// SPDX-License-Identifier: Apache-2.0
// Whoever gets the pages gets the licences of what is inside them. A build of its own tells what that is.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { build, type Plugin } from 'vite';
import { temporaryFolder } from '../support/temporary.ts';

const WEB = path.resolve(import.meta.dirname, '../../web');
/** What the one-file verifier is made of; a new library belongs here and into its notices. */
const IN_ONE_FILE = [
  '@noble/curves',
  '@noble/hashes',
  '@peculiar/utils',
  'asn1js',
  'bytestreamjs',
  'hash-wasm',
  'pkijs',
  'react',
  'react-dom',
  'scheduler',
];
const HEADING = /^={72}\n(\S+) \S+ \((.+)\)\n={72}\n/gm;

describe('third-party notices', function () {
  this.timeout(120_000);
  let first: Built;
  const { NODE_ENV } = process.env;

  before(async () => {
    first = await buildPages();
  });
  // Vite sets it to `production`, in which the services of later tests would refuse to start.
  after(() => {
    if (NODE_ENV === undefined) delete process.env.NODE_ENV;
    else process.env.NODE_ENV = NODE_ENV;
  });

  it('when pages and workers bundle a package › gives its name, version, licence and the text of it', () => {
    expect(first.bundled).to.include.members(['antd', 'react', 'hash-wasm', 'is-mobile', '@ant-design/icons-svg']);
    const notices = readFileSync(path.join(first.folder, 'third-party-notices.txt'), 'utf8');
    expect(namesWithText(notices)).to.deep.equal(first.bundled);
  });

  it('when the verifier is one file › holds the notices of what is inside it', () => {
    const [, notices = ''] = /<pre lang="en">(.*?)<\/pre>/s.exec(first.verifyPage) ?? [];
    expect(namesWithText(notices)).to.deep.equal(IN_ONE_FILE);
  });

  it('when the verifier is built twice › has the same bytes', async () => {
    const again = await buildPages();
    expect(again.verifyPage).to.equal(first.verifyPage);
  });
});

interface Built {
  folder: string;
  /** Packages with code in a page or in a worker of one. */
  bundled: string[];
  verifyPage: string;
}

async function buildPages(): Promise<Built> {
  const folder = temporaryFolder();
  const packages = new Set<string>();
  const plugins = [collect(packages)];
  await build({
    configFile: path.join(WEB, 'vite.config.ts'),
    logLevel: 'error',
    plugins,
    worker: { format: 'es', plugins: () => [collect(packages)] },
    build: { outDir: folder, emptyOutDir: true },
  });
  return {
    folder,
    bundled: [...packages].sort(),
    verifyPage: readFileSync(path.join(folder, 'verify.html'), 'utf8'),
  };
}

function collect(packages: Set<string>): Plugin {
  return {
    name: 'collect-packages',
    generateBundle(_, bundle) {
      for (const file of Object.values(bundle)) {
        for (const id of file.type === 'chunk' ? file.moduleIds : []) {
          const found = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(id)?.[1];
          if (found) packages.add(found);
        }
      }
    },
  };
}

/** The packages that are named with a licence and its whole text. */
function namesWithText(notices: string): string[] {
  const headings = [...notices.matchAll(HEADING)];
  return headings
    .filter(({ 0: heading, index }, at) => {
      const text = notices.slice(index + heading.length, headings[at + 1]?.index);
      return (
        /Permission is hereby granted|Redistribution and use|Licensed under the MIT license/.test(text) &&
        /WARRANTIES/i.test(text)
      );
    })
    .map(([, name = '']) => name)
    .sort();
}
