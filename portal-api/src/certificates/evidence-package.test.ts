// SPDX-License-Identifier: Apache-2.0
import { expect } from 'chai';
import { storedFiles } from '../../../test/support/stored-zip.ts';
import { DomainError } from '../errors.ts';
import { cidOf } from '../storage/import-blocks.ts';
import type { PackageParts } from './certificates.store.ts';
import { streamPackage } from './evidence-package.ts';

const SIZE = 300_000;

async function* bytes(size: number): AsyncGenerator<Uint8Array> {
  yield Buffer.alloc(size);
}

async function* breaksHalfWay(): AsyncGenerator<Uint8Array> {
  yield Buffer.alloc(SIZE / 2);
  throw new DomainError('stored-object-damaged');
}

describe('streamPackage', () => {
  const packageOf = async (
    original: () => AsyncIterable<Uint8Array>,
    { issuedAt = new Date(), files = [] }: { issuedAt?: Date; files?: PackageParts['files'] } = {},
  ) => {
    const verifyPage = Buffer.alloc(10);
    const originals = [{ uploadId: 'a', name: 'originals/01 a', size: SIZE, isIncluded: true }];
    const parts = { files, originals, verifyPage: { cid: await cidOf(verifyPage), size: 10 } };
    const content = {
      number: '1',
      issuedAt,
      pdf: Buffer.from('%PDF'),
      bundle: Buffer.from('{}'),
      verifyPage,
      parts,
    };
    return streamPackage({ original }, content);
  };
  const outcomeOf = async (stream: Promise<AsyncIterable<Buffer>>) => {
    try {
      for await (const _ of await stream);
      return 'whole';
    } catch (error) {
      return error instanceof DomainError ? error.code : String(error);
    }
  };

  it('when an original cannot be read to its end › fails with its error, and ends no process', async () => {
    expect(await outcomeOf(packageOf(breaksHalfWay))).to.equal('stored-object-damaged');
  });

  it('when an original is longer or shorter than recorded › fails instead of giving another zip', async () => {
    for (const size of [SIZE - 1, SIZE + 1])
      expect(await outcomeOf(packageOf(() => bytes(size))), String(size)).to.equal('stored-object-damaged');
    expect(await outcomeOf(packageOf(() => bytes(SIZE)))).to.equal('whole');
  });

  it('packs texts and bytes as they were stored', async () => {
    const reply = Buffer.from([0x30, 0x82, 0xff, 0x00]);
    const files = [
      { name: 'custody.md', text: '保管' },
      { name: 'timestamp.tsr', base64: reply.toString('base64') },
    ];
    const chunks: Buffer[] = [];
    for await (const chunk of await packageOf(() => bytes(SIZE), { files })) chunks.push(chunk);
    const packed = storedFiles(Buffer.concat(chunks));
    expect([String(packed['custody.md']), packed['timestamp.tsr']]).to.deep.equal(['保管', reply]);
  });

  it('packs every original that fitted, each with its own bytes, and no other', async () => {
    const verifyPage = Buffer.from('page');
    const originals = ['a', 'b', 'c', 'd'].map((id, place) => ({
      uploadId: id,
      name: `originals/0${place + 1} ${id}`,
      size: 4,
      isIncluded: id !== 'b',
    }));
    const parts = { files: [], originals, verifyPage: { cid: await cidOf(verifyPage), size: 4 } };
    const content = { number: '1', issuedAt: new Date(), pdf: Buffer.from('%PDF'), bundle: Buffer.from('{}') };
    async function* original(id: string): AsyncGenerator<Uint8Array> {
      yield Buffer.from(id.repeat(4));
    }
    const chunks: Buffer[] = [];
    for await (const chunk of await streamPackage({ original }, { ...content, verifyPage, parts })) chunks.push(chunk);
    const packed = Object.entries(storedFiles(Buffer.concat(chunks))).filter(([name]) => name.startsWith('originals/'));
    expect(packed.map(([name, bytes]) => `${name}: ${bytes}`)).to.deep.equal([
      'originals/01 a: aaaa',
      'originals/03 c: cccc',
      'originals/04 d: dddd',
    ]);
  });

  it('gives its files the time of issue in Beijing', async () => {
    const chunks: Buffer[] = [];
    for await (const chunk of await packageOf(() => bytes(SIZE), { issuedAt: new Date('2026-11-22T20:30:42Z') }))
      chunks.push(chunk);
    const zip = Buffer.concat(chunks);
    // APPNOTE.TXT 4.4.6: bits of hour, minute and two seconds; of years since 1980, month and day.
    expect(zip.readUInt16LE(10)).to.equal((4 << 11) | (30 << 5) | 21);
    expect(zip.readUInt16LE(12)).to.equal((46 << 9) | (11 << 5) | 23);
  });

  it('when many packages are read at once › passes on one chunk in each turn of the event loop', async () => {
    let turn = 0;
    let isOver = false;
    const count = () => {
      turn += 1;
      if (!isOver) setImmediate(count);
    };
    setImmediate(count);
    const perTurn = new Map<number, number>();
    const pieces = 5;
    async function* original(): AsyncGenerator<Uint8Array> {
      for (let index = 0; index < pieces; index += 1) {
        yield Buffer.alloc(SIZE / pieces);
        // The chunk has been passed on: another one is asked for.
        perTurn.set(turn, (perTurn.get(turn) ?? 0) + 1);
      }
    }
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => outcomeOf(packageOf(original))));
    isOver = true;
    expect(outcomes).to.deep.equal(Array.from({ length: 8 }, () => 'whole'));
    expect([...perTurn.values()].reduce((sum, each) => sum + each)).to.equal(8 * pieces);
    expect(Math.max(...perTurn.values())).to.equal(1);
  });
});
