// SPDX-License-Identifier: Apache-2.0
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { expect } from 'chai';
import express, { type RequestHandler } from 'express';
import { startPortal, type TestPortal } from '../../../test/support/portal.ts';
import { changeSettings, readSettings } from '../../../test/support/settings.ts';
import { staffMember } from '../../../test/support/staff.ts';
import { temporaryFolder } from '../../../test/support/temporary.ts';
import { openSite } from './site.ts';

const SCRIPT = 'console.log("pages");'.repeat(100);
const POLICY = "default-src 'none'; script-src 'sha256-AAAA'";

describe('site', function () {
  this.timeout(60_000);
  let portal: TestPortal;
  before(async () => {
    portal = await startPortal({ environment: { WEB_DIST: builtPages() } });
  });
  after(() => portal.stop());

  const get = (address: string, headers: Record<string, string> = {}) =>
    fetch(portal.url + address, { headers: { Accept: 'text/html', ...headers } });

  it('at an address that only the browser knows › gives the page that knows it', async () => {
    for (const address of [
      '/',
      '/v',
      '/v/',
      '/v/100000000000000001',
      '/v/100000000000000001?lang=en',
      '/pages/about',
      '/works',
      '/notices',
      '/transparency',
      '/notices?q=%E9%9D%92%E8%8A%B1',
      '/works?q=%E9%9D%92%E8%8A%B1&category=DESIGN',
      '/works/0195f0a0-0000-7000-8000-000000000001',
    ]) {
      expect(await (await get(address)).text(), address).to.include('home page');
    }
    for (const address of ['/login', '/member', '/member/works/1', '/staff/review']) {
      expect(await (await get(address)).text(), address).to.include('member page');
    }
  });

  it('G4 360 兼容模式 › when the engine is that of Internet Explorer › asks for 极速模式 in plain HTML', async () => {
    const compatible = 'Mozilla/5.0 (Windows NT 10.0; WOW64; Trident/7.0; rv:11.0) like Gecko';
    for (const engine of [compatible, 'Mozilla/4.0 (compatible; MSIE 8.0; Windows NT 6.1; 360SE)'])
      for (const address of ['/', '/pages/about', '/login', '/member/works']) {
        const answer = await get(address, { 'User-Agent': engine });
        const html = await answer.text();
        expect(html, address).to.include('<h1>请切换极速模式</h1>');
        expect(html).not.to.match(/<script|<style| style=/);
        expect(answer.headers.get('Content-Type')).to.equal('text/html; charset=utf-8');
        expect(answer.headers.get('Vary')).to.include('User-Agent');
      }
    const fast = 'Mozilla/5.0 (Windows NT 10.0; WOW64) AppleWebKit/537.36 Chrome/132.0.0.0 Safari/537.36';
    expect(await (await get('/', { 'User-Agent': fast })).text()).to.include('home page');
  });

  it('lets hashed files be kept for a year, and asks again for pages', async () => {
    const script = await get('/assets/site-1a2b.js');
    expect(script.headers.get('Cache-Control')).to.equal('public, max-age=31536000, immutable');
    const page = await get('/');
    expect(page.headers.get('Cache-Control')).to.equal('no-cache');
    const again = await rawGet('/', { 'If-None-Match': page.headers.get('ETag') ?? '', 'Accept-Encoding': 'gzip, br' });
    expect(again.status).to.equal(304);
  });

  it('sends what the build compressed, to whoever takes it', async () => {
    for (const [accepted, encoding] of [
      ['gzip, deflate, br', 'br'],
      ['gzip', 'gzip'],
      ['br;q=0, identity', null],
    ] as const) {
      const script = await get('/assets/site-1a2b.js', { 'Accept-Encoding': accepted });
      expect(script.headers.get('Content-Encoding'), accepted).to.equal(encoding);
      expect(script.headers.get('Vary')).to.include('Accept-Encoding');
      expect(await script.text()).to.equal(SCRIPT);
    }
  });

  it('lets the one-file verifier run under its own policy, and every other page under the strict one', async () => {
    const verifier = await get('/verify.html');
    expect(verifier.headers.get('Content-Security-Policy')).to.equal(`${POLICY}; frame-ancestors 'none'`);
    expect((await get('/')).headers.get('Content-Security-Policy')).to.include("script-src 'self' 'wasm-unsafe-eval'");
    const digest = await get('/verify.html.sha256');
    expect(digest.headers.get('Content-Type')).to.equal('text/plain; charset=utf-8');
  });

  it('when the verifier package is asked for › serves it and its checksum as they are', async () => {
    const packed = await get('/inkseal-verifier-1.0.0.tgz', { 'Accept-Encoding': 'gzip, br' });
    expect(packed.headers.get('Content-Type')).to.equal('application/gzip');
    expect(packed.headers.get('Content-Encoding')).to.equal(null);
    expect(await packed.text()).to.equal('packed verifier');
    const digest = await get('/inkseal-verifier-1.0.0.tgz.sha256');
    expect(await digest.text()).to.include('inkseal-verifier-1.0.0.tgz');
  });

  it('serves no hidden file, nothing outside the folder, and no type it does not know', async () => {
    for (const address of [
      '/.env.json',
      '/.hidden/a.js',
      '/secret.js',
      '/../secret.js',
      '/assets/../../secret.js',
      '/%2e%2e/secret.js',
      '/assets/..%2f..%2fsecret.js',
      '/assets/%00',
      '/notes.md',
      '/assets/site-1a2b.js.br',
      '/assets',
    ]) {
      const { status, body } = await rawGet(address);
      expect(status, address).to.equal(404);
      expect(body, address).to.not.include('secret content');
    }
  });

  it('at an unknown address › tells a reader in a page, a program in a problem', async () => {
    const page = await get('/no-such-page');
    expect(page.status).to.equal(404);
    expect(await page.text()).to.include('home page');
    for (const address of ['/no-such-page', '/api/v1/no-such-endpoint']) {
      const problem = await get(address, { Accept: 'application/json' });
      expect(problem.status).to.equal(404);
      expect(await problem.json()).to.include({ code: 'route-not-found' });
    }
    expect((await fetch(`${portal.url}/`, { method: 'POST' })).status).to.equal(404);
  });

  it('when administrators rename the site › every page has the new name as its title before a script runs, escaped', async () => {
    const admin = await staffMember(portal, 'admin');
    const { values } = await readSettings(admin);
    const before = (await get('/')).headers.get('ETag');
    await changeSettings(admin, { name: { ...values.name, zh: '文创</title><b>&中心' } });
    try {
      for (const address of ['/', '/member/works', '/no-such-page']) {
        const answer = await get(address, { 'Accept-Encoding': 'br' });
        expect(await answer.text(), address).to.match(
          /^<title>文创&lt;\/title>&lt;b>&amp;中心<\/title><p>(home|member) page$/,
        );
        expect(answer.headers.get('ETag')).not.to.equal(before);
      }
    } finally {
      await changeSettings(admin, { name: values.name });
    }
    expect((await get('/')).headers.get('ETag')).to.equal(before);
  });

  it('while the database is away or silent › pages are there, with the title of the build', async () => {
    const names = [() => new Promise<string>(() => {}), () => Promise.reject(new Error('no database'))];
    for (const nameOf of names) {
      const server = express()
        .use(openSite(builtPages(), nameOf) as RequestHandler)
        .listen(0, '127.0.0.1');
      await once(server, 'listening');
      const { port } = server.address() as AddressInfo;
      try {
        // An end for a page that never comes.
        const options = { headers: { Accept: 'text/html' }, signal: AbortSignal.timeout(60_000) };
        const answer = await fetch(`http://127.0.0.1:${port}/`, options);
        expect(await answer.text()).to.equal('<title>印信版权存证中心</title><p>home page');
      } finally {
        server.closeAllConnections();
        server.close();
      }
    }
  });

  it('without built pages › serves the interface alone', async () => {
    const bare = await startPortal({ environment: { WEB_DIST: temporaryFolder() } });
    try {
      expect((await fetch(`${bare.url}/`)).status).to.equal(404);
      expect((await fetch(`${bare.url}/readyz`)).status).to.equal(200);
    } finally {
      await bare.stop();
    }
  });

  /** As written: `fetch` would tidy the path up, and ask for a fresh copy. */
  function rawGet(
    address: string,
    headers: Record<string, string> = {},
  ): Promise<{ status: number | undefined; body: string }> {
    const { hostname, port } = new URL(portal.url);
    return new Promise((resolve, reject) => {
      const sent = request({ hostname, port, path: address, headers: { Accept: 'text/html', ...headers } }, (res) => {
        let body = '';
        res.setEncoding('utf8').on('data', (text) => (body += text));
        res.on('end', () => resolve({ status: res.statusCode, body }));
      });
      sent.on('error', reject).end();
    });
  }
});

function builtPages(): string {
  const parent = temporaryFolder();
  const folder = path.join(parent, 'dist');
  const files: Record<string, string | Buffer> = {
    'index.html': '<title>印信版权存证中心</title><p>home page',
    'member.html': '<title>印信版权存证中心</title><p>member page',
    'verify.html': `<meta\n  http-equiv="Content-Security-Policy"\n  content="${POLICY}" />`,
    'verify.html.sha256': '00  verify.html\n',
    'inkseal-verifier-1.0.0.tgz': 'packed verifier',
    'inkseal-verifier-1.0.0.tgz.sha256': '00  inkseal-verifier-1.0.0.tgz\n',
    'assets/site-1a2b.js': SCRIPT,
    'assets/site-1a2b.js.br': brotliCompressSync(SCRIPT),
    'assets/site-1a2b.js.gz': gzipSync(SCRIPT),
    '.env.json': 'secret content',
    '.hidden/a.js': 'secret content',
    'notes.md': 'secret content',
    '../secret.js': 'secret content',
  };
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(path.join(folder, path.dirname(name)), { recursive: true });
    writeFileSync(path.join(folder, name), content);
  }
  return folder;
}
