// SPDX-License-Identifier: Apache-2.0
// A whole ledger over HTTP: what its acceptance receipts are worth to whoever holds one, its trust file and a proof, and no more.
import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseTrustFile } from '@inkseal/verifier';
import { RECEIPT_MEDIA_TYPE, type Receipt, receiptKeyOf, verifyReceipt } from '@inkseal/verifier/receipts';
import { expect } from 'chai';
import { eventually } from '../../../test/support/eventually.ts';
import { freshLedgerDatabase, startLedger } from '../../../test/support/ledger.ts';
import { onEachNetwork } from '../../../test/support/networks.ts';
import { temporaryFolder } from '../../../test/support/temporary.ts';
import { startWholeLedger, type WholeLedger } from '../../../test/support/whole-ledger.ts';
import { rpcNode } from '../../../verifier/cli/rpc-node.ts';
import { StartError } from '../errors.ts';
import { loadReceiptSigner } from './receipt-key.ts';

const WITHIN = { withinMs: 90_000 };
const MINUTES = 60_000;

onEachNetwork('a ledger that gives acceptance receipts', (_, makeNetwork) => {
  let ledger: WholeLedger;
  let keyFile: string;

  before(async () => {
    keyFile = path.join(temporaryFolder(), 'receipt.key');
    const settings = { RECEIPT_KEY_FILE: keyFile, RECEIPT_ANCHOR_WITHIN_MINUTES: '30' };
    ledger = await startWholeLedger(await makeNetwork(), settings);
  });
  after(() => ledger?.stop());

  it('when an entry has its number › promises its anchor, and keeps the promise', async () => {
    const entry = await numbered();
    const { status, type, bytes } = await ask(`/v1/entries/${entry.number}/receipt`);
    expect([status, type]).to.deep.equal([200, RECEIPT_MEDIA_TYPE]);
    const receipt: Receipt = JSON.parse(bytes.toString());
    const { number, sha256, receivedAt } = entry;
    expect(receipt).to.include({ number, sha256, receivedAt, kind: 'attestation', key: publicKey() });
    expect(Date.parse(receipt.anchorBy) - Date.parse(receivedAt)).to.equal(30 * MINUTES);
    const trust = await whenReady('/v1/trust');
    expect((await verifyReceipt(bytes, { trust })).verdict).to.equal('pending');
    const later = new Date(Date.parse(receipt.anchorBy) + 1);
    expect((await verifyReceipt(bytes, { trust, now: later })).verdict).to.equal('due');
    const proof = await proofOf(number);
    const report = await verifyReceipt(bytes, { trust, proof, node: rpcNode(ledger.rpcUrl) });
    expect(report.verdict, JSON.stringify(report.checks)).to.equal('kept');
    expect(report.facts?.isLate).to.equal(false);
  });

  it('when it is asked for again, and by several at once › is the same bytes', async () => {
    const { number } = await numbered();
    const answers = await Promise.all(Array.from({ length: 8 }, () => ask(`/v1/entries/${number}/receipt`)));
    expect(new Set(answers.map(({ bytes }) => bytes.toString())).size).to.equal(1);
    const proof = await proofOf(number);
    expect(proof.length).to.be.above(0);
    expect((await ask(`/v1/entries/${number}/receipt`)).bytes).to.deep.equal(answers[0]?.bytes);
  });

  it('when the key is replaced › old receipts stay the same and verifiable, and new ones are of the new key', async () => {
    const [early, unasked] = [await numbered(), await numbered()];
    const before = (await ask(`/v1/entries/${early.number}/receipt`)).bytes;
    const oldKey = publicKey();
    const oldSecret = readFileSync(keyFile);
    await ledger.stopService();
    rmSync(keyFile);
    await ledger.startService();
    expect(publicKey()).not.to.equal(oldKey);
    const trust = await whenReady('/v1/trust');
    const keys = parseTrustFile(trust).receiptKeys ?? [];
    expect(keys.slice(-2).map(({ key }) => key)).to.deep.equal([oldKey, publicKey()]);
    expect(keys.at(-2)?.until).to.be.a('string');
    expect(keys.at(-1)).to.not.have.property('until');
    expect((await ask(`/v1/entries/${early.number}/receipt`)).bytes).to.deep.equal(before);
    for (const { number } of [early, unasked, await numbered()]) {
      const { bytes } = await ask(`/v1/entries/${number}/receipt`);
      const { verdict, facts } = await verifyReceipt(bytes, { trust });
      expect([verdict, facts?.key]).to.deep.equal(['pending', number === early.number ? oldKey : publicKey()]);
    }
    // A key that was retired would sign receipts that nobody accepts.
    await ledger.stopService();
    const newSecret = readFileSync(keyFile);
    writeFileSync(keyFile, oldSecret);
    expect(await codeOf(ledger.startService())).to.equal('key-file-unusable');
    await ledger.stopService();
    writeFileSync(keyFile, newSecret);
    await ledger.startService();
  });

  it('when the number is of nobody › is not found', async () => {
    const { status, bytes } = await ask('/v1/entries/100000000999999999/receipt');
    expect([status, JSON.parse(bytes.toString()).code]).to.deep.equal([404, 'entry-not-found']);
  });

  const publicKey = () => receiptKeyOf(Buffer.from(readFileSync(keyFile, 'utf8').trim(), 'hex'));

  async function ask(route: string, body?: unknown) {
    const authorization = `Bearer ${readFileSync(ledger.keyFile, 'utf8').trim()}`;
    const sent = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
    const headers = { authorization, 'content-type': 'application/json' };
    const answer = await fetch(ledger.url + route, { ...sent, headers });
    const bytes = Buffer.from(await answer.arrayBuffer());
    return { status: answer.status, type: answer.headers.get('content-type'), bytes };
  }

  async function numbered(): Promise<{ number: string; sha256: string; receivedAt: string }> {
    const input = { reference: randomUUID(), kind: 'attestation', sha256: randomBytes(32).toString('hex') };
    const { id } = JSON.parse((await ask('/v1/entries', input)).bytes.toString());
    return eventually(async () => {
      const entry = JSON.parse((await ask(`/v1/entries/${id}`)).bytes.toString());
      return entry.number !== undefined && entry;
    }, WITHIN);
  }

  /** There is a trust file once the deployment is final, and a proof once the number is. */
  const whenReady = (route: string): Promise<Buffer> =>
    eventually(async () => {
      const { status, bytes } = await ask(route);
      return status === 200 && bytes;
    }, WITHIN);

  const proofOf = (number: string): Promise<Buffer> => whenReady(`/v1/entries/${number}/proof`);
});

describe('a ledger without a key for acceptance receipts', () => {
  it('when one is asked for › says that none are given', async () => {
    const ledger = await startLedger();
    const { send } = ledger;
    try {
      const { status, json } = await send('GET', '/v1/entries/7/receipt');
      expect([status, json.code]).to.deep.equal([404, 'receipts-off']);
      expect((await send('GET', '/v1/entries/7/receipt', { key: null })).status).to.equal(401);
    } finally {
      await ledger.stop();
    }
  });
});

describe('the key for acceptance receipts', () => {
  const anchorWithinMs = 1_000;

  it('when there is no file › is made for its user alone, and kept', async () => {
    const keyFile = path.join(temporaryFolder(), 'receipt.key');
    const { key } = await loadReceiptSigner({ keyFile, anchorWithinMs, mayMakeKey: true });
    expect(statSync(keyFile).mode & 0o777).to.equal(0o600);
    expect((await loadReceiptSigner({ keyFile, anchorWithinMs, mayMakeKey: false })).key).to.equal(key);
  });

  it('when there is no file in production › is refused, and none is made', async () => {
    const keyFile = path.join(temporaryFolder(), 'receipt.key');
    const databaseUrl = await freshLedgerDatabase();
    const environment = { RECEIPT_KEY_FILE: keyFile, NODE_ENV: 'production' };
    expect(await codeOf(startLedger({ databaseUrl, environment }))).to.equal('key-file-unusable');
    expect(existsSync(keyFile)).to.equal(false);
  });

  for (const [what, text] of [
    ['something else', 'not a key'],
    ['a key that is cut short', 'ab'.repeat(31)],
  ] as const) {
    it(`when the file holds ${what} › is refused, without a word of it`, async () => {
      const keyFile = path.join(temporaryFolder(), 'receipt.key');
      writeFileSync(keyFile, text);
      const loading = loadReceiptSigner({ keyFile, anchorWithinMs, mayMakeKey: true });
      const error = await loading.catch((found: unknown) => found);
      expect(error).to.be.instanceOf(StartError);
      expect(String(error)).to.include('key-file-unusable').and.not.include(text);
    });
  }
});

const codeOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'none',
    (error: unknown) => (error instanceof StartError ? error.code : String(error)),
  );
