// SPDX-License-Identifier: Apache-2.0
// Following validator sets over headers made here: real chains do not forge their own.
import { blockHash, fromHex, keccak256, toHex0x } from '@inkseal/verifier';
import { expect } from 'chai';
import { encodeRlp, type HDNodeWallet, toBeArray, Wallet } from 'ethers';
import { freshLedgerDatabase } from '../../../test/support/ledger.ts';
import { testLog } from '../../../test/support/pipeline.ts';
import type { Chain, Header } from '../chain/index.ts';
import { createDb, type Database, type Db } from '../db/database.ts';
import { createValidatorSets, readValidatorSets } from './index.ts';

const ZERO_WORD = `0x${'00'.repeat(32)}`;

describe('validator sets', () => {
  const [a, b, c, d, e, f, g] = Array.from({ length: 7 }, () => Wallet.createRandom());
  const four = present(a, b, c, d);
  let database: Database;

  beforeEach(async () => {
    database = createDb(await freshLedgerDatabase());
    await database.pool.query(
      `INSERT INTO registry (chain_id, genesis_hash, address, code_hash, first_number) VALUES (1, '', '', '', 1)`,
    );
  });

  afterEach(() => database.close());

  it('records the set it begins with, and nothing while it stays', async () => {
    await followed(database.prisma, blocks([four, four], [four, four], [four, four]));
    expect(await recorded(database.prisma)).to.deep.equal([{ fromBlock: 1n, members: 4 }]);
  });

  it('records a set that a quorum of the set before it has sealed under', async () => {
    const five = present(a, b, c, d, e);
    await followed(database.prisma, blocks([four, four], [four, four], [five, five], [five, five]));
    expect(await recorded(database.prisma)).to.deep.equal([
      { fromBlock: 1n, members: 4 },
      { fromBlock: 3n, members: 5 },
    ]);
  });

  it('counts the old members over the blocks that follow, until they are a quorum', async () => {
    const three = present(a, b, c);
    await followed(database.prisma, blocks([four, four], [three, present(a, b)], [three, present(b, c)]));
    expect(await recorded(database.prisma)).to.deep.include({ fromBlock: 2n, members: 3 });
  });

  it('refuses a set that sealed itself', async () => {
    const strangers = present(d, e, f, g);
    const chain = blocks([four, four], [four, four], [strangers, strangers], [strangers, strangers]);
    const sets = await followed(database.prisma, chain);
    expect(await recorded(database.prisma)).to.have.length(1);
    expect(() => sets.verify(chain.at(-1) ?? raise())).to.throw('validator-set-mismatch');
  });

  it('refuses a set whose block does not follow a block of the set before it', async () => {
    const five = present(a, b, c, d, e);
    const chain = blocks([four, four], [four, four], [five, five]);
    const [last] = blocks([five, five]);
    const torn = chain.with(2, { ...(last ?? raise()), number: 3n });
    await followed(database.prisma, torn).catch(() => undefined);
    expect(await recorded(database.prisma)).to.have.length(1);
  });

  it('finds a change among many blocks after a long absence', async () => {
    const five = present(a, b, c, d, e);
    // Only those blocks carry seals whose seals matter.
    const long = blocks(
      ...Array.from({ length: 1_100 }, (_, i): Sealing => {
        const named = i < 700 ? four : five;
        return [named, [0, 699, 700, 1_099].includes(i) ? named : []];
      }),
    );
    const sets = await createValidatorSets(database.prisma, chainOf(long), testLog);
    await sets.follow(long[0] ?? raise());
    await sets.follow(long.at(-1) ?? raise());
    expect(await recorded(database.prisma)).to.deep.include({ fromBlock: 701n, members: 5 });
  }).timeout(20_000);
});

/** Who a block names as validators, and who of them sealed it. */
type Sealing = readonly [named: readonly HDNodeWallet[], sealers: readonly HDNodeWallet[]];

function present(...wallets: (HDNodeWallet | undefined)[]): HDNodeWallet[] {
  return wallets.flatMap((wallet) => (wallet ? [wallet] : []));
}

function raise(): never {
  throw new RangeError('no such block');
}

/** Follows from block 1 on, block by block. */
async function followed(db: Db, headers: readonly Header[]) {
  const sets = await createValidatorSets(db, chainOf(headers), testLog);
  for (const header of headers) await sets.follow(header);
  return sets;
}

async function recorded(db: Db): Promise<{ fromBlock: bigint; members: number }[]> {
  const sets = await readValidatorSets(db);
  return sets.map(({ fromBlock, validators }) => ({ fromBlock, members: validators.length }));
}

function chainOf(headers: readonly Header[]): Pick<Chain, 'consensus' | 'header'> {
  return { consensus: 'qbft', header: async (block) => headers.find(({ number }) => number === block) };
}

/** Blocks from number 1 on, each on top of the one before it. */
function blocks(...sealings: readonly Sealing[]): Header[] {
  const headers: Header[] = [];
  for (const [index, [named, sealers]] of sealings.entries()) {
    const number = BigInt(index + 1);
    const parentHash = headers.at(-1)?.hash ?? ZERO_WORD;
    const unsealed = headerRlp({ number, parentHash, named, seals: [] });
    const message = toHex0x(keccak256(fromHex(unsealed)));
    const seals = sealers.map((wallet) => sealOf(wallet, message));
    const rlp = fromHex(headerRlp({ number, parentHash, named, seals }));
    headers.push({ number, parentHash, hash: toHex0x(blockHash(rlp, 'qbft')), timestamp: number, rlp });
  }
  return headers;
}

function sealOf(wallet: HDNodeWallet, message: string): string {
  const { r, s, yParity } = wallet.signingKey.sign(message);
  return `${r}${s.slice(2)}0${yParity}`;
}

interface Block {
  number: bigint;
  parentHash: string;
  named: readonly HDNodeWallet[];
  seals: readonly string[];
}

function headerRlp({ number, parentHash, named, seals }: Block): string {
  const validators = named.map(({ address }) => address.toLowerCase());
  const extraData = encodeRlp([ZERO_WORD, validators, [], '0x', [...seals]]);
  const words = [ZERO_WORD, `0x${'00'.repeat(20)}`, ZERO_WORD, ZERO_WORD, ZERO_WORD, `0x${'00'.repeat(256)}`];
  const counters = [1n, number, 30_000_000n, 0n, number].map((value) => toBeArray(value));
  return encodeRlp([parentHash, ...words, ...counters, extraData, ZERO_WORD, `0x${'00'.repeat(8)}`]);
}
