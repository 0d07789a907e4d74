// SPDX-License-Identifier: Apache-2.0
// The built pages: index.html (public site and look-up, light), member.html (member centre and staff console), verify.html (one file).
import { readFileSync } from 'node:fs';
import path from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { BUNDLED, thirdPartyNotices } from './notices.ts';
import { oneFileVerifier } from './one-file.ts';

const PORTAL = 'http://127.0.0.1:8080';
const verifier = JSON.parse(readFileSync(path.join(import.meta.dirname, '../verifier/package.json'), 'utf8'));
const page = (name: string): string => path.join(import.meta.dirname, name);

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), thirdPartyNotices(), oneFileVerifier()],
  define: { __VERIFIER_PACKAGE__: JSON.stringify(`inkseal-verifier-${verifier.version}.tgz`) },
  worker: { format: 'es' },
  server: { proxy: { '/api': PORTAL, '/uploads': PORTAL, '/sandbox': PORTAL } },
  build: {
    outDir: 'dist',
    license: { fileName: BUNDLED },
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { input: { site: page('index.html'), member: page('member.html') } },
  },
});
