// SPDX-License-Identifier: Apache-2.0
// Recording on the made-up chain of the vectors, whose blocks are sealed, so that what it shows counts.
import { type Bundle, fromHex, parseHeader, TRUST_MEDIA_TYPE } from '@inkseal/verifier';
import { expect } from 'chai';
import { Transaction, Wallet } from 'ethers';
import { makeWorld } from '../../../verifier/vectors/support/world.ts';
import { chainWitness, networkOf, SECOND } from '../../../verifier/vectors/witnesses/chain-witness.ts';
import { type Chain, createChain } from '../chain/index.ts';
import { recordRoots } from './record-roots.ts';
import { Refusal } from './refusal.ts';
import type { SecondChain } from './second-chains.ts';

describe('recordRoots', () => {
  it('when the validators of the chain sealed its block › gives what a reader counts, and nothing that a reader would refuse', async () => {
    const world = await makeWorld();
    const { root, count } = world.bundle.anchor.batch;
    const wanted = { batchId: '1', root: fromHex(root), count, notBeforeMs: world.spec.notBefore.time * 1_000 };
    const recorded = async (witness = chainWitness(world), notBeforeMs = wanted.notBeforeMs) => {
      const limits = { withinMs: 0, signal: new AbortController().signal };
      return (await recordRoots(secondWith(witness), [{ ...wanted, notBeforeMs }], limits)).get('1');
    };
    const good = await recorded();
    expect(JSON.parse(Buffer.from(good instanceof Uint8Array ? good : []).toString())).to.deep.equal(
      chainWitness(world),
    );
    const few = chainWitness(world, { sealers: SECOND.validators.slice(2) });
    expect(await recorded(few)).to.include({ code: 'chain-proof-invalid' });
    expect(await recorded(chainWitness(world, { count: count + 1 }))).to.include({ code: 'not-recorded' });
    expect(await recorded(chainWitness(world), Date.parse('2027-01-01'))).to.include({ code: 'witness-time-order' });
    const future = chainWitness(world, { time: Math.floor(Date.now() / 1_000) + 400 });
    expect(await recorded(future)).to.include({ code: 'witness-in-future' });
  });

  it('when a transaction stays out of the blocks › offers more at the same nonce, and no more where gas is free', async () => {
    const { bundle, spec } = await makeWorld();
    const { root, count } = bundle.anchor.batch;
    const roots = [{ batchId: '1', root: fromHex(root), count, notBeforeMs: spec.notBefore.time * 1_000 }];
    const limits = { withinMs: 0, signal: new AbortController().signal };
    const sent: Transaction[] = [];
    let nonce = 5n;
    let gasPriceWei = 100n;
    const second = secondWith(chainWitness({ bundle }), {
      call: async () => EMPTY,
      transactionCount: async () => nonce,
      fees: async () => ({ kind: 'legacy', gasPriceWei }),
      broadcast: async (raw) => {
        sent.push(Transaction.from(raw));
        return { kind: 'known' };
      },
    });
    for (let round = 0; round < 2; round += 1) await recordRoots(second, roots, limits);
    nonce = 6n;
    await recordRoots(second, roots, limits);
    gasPriceWei = 0n;
    await recordRoots(second, roots, limits);
    expect(sent.map((one) => [one.nonce, Number(one.gasPrice)])).to.deep.equal([
      [5, 100],
      [5, 113],
      [6, 100],
      [6, 0],
    ]);
  });
});

describe('recordRoots, where not all goes well', () => {
  it('when no node answers what was sent › says unreachable at once', async () => {
    const { bundle, spec } = await makeWorld();
    const roots = rootsOf(bundle, spec, ['1']);
    const unanswered = { call: async () => EMPTY, transactionCount: async () => 0n, fees: async () => FREE };
    const second = secondWith(chainWitness({ bundle }), {
      ...unanswered,
      broadcast: async () => ({ kind: 'unanswered' }),
    });
    const failure = await recordRoots(second, roots, limitsOf(60_000)).catch((error: unknown) => error);
    expect(failure).to.be.instanceOf(Refusal).and.include({ code: 'unreachable' });
  });

  it('when one of two roots is proven later › waits for it, and asks no more for the other', async () => {
    const world = await makeWorld();
    const { accountProof, storageProof } = chainWitness(world);
    const [account, nodes] = [accountProof.map(fromHex), storageProof.map(fromHex)];
    const asked: number[] = [];
    const second = secondWith(chainWitness(world), {
      stateProof: async (_, slots) => {
        asked.push(slots.length);
        return { account, slots: slots.length === 2 ? [nodes, []] : [nodes] };
      },
    });
    const recorded = await recordRoots(second, rootsOf(world.bundle, world.spec, ['1', '2']), limitsOf(60_000));
    expect([...recorded.values()].map((outcome) => outcome instanceof Uint8Array)).to.deep.equal([true, true]);
    expect(asked).to.deep.equal([2, 1]);
  });
});

const FREE = { kind: 'legacy', gasPriceWei: 0n } as const;

const limitsOf = (withinMs: number) => ({ withinMs, signal: new AbortController().signal });

/** The batch of the made-up chain, once for each id. */
function rootsOf({ anchor: { batch } }: Bundle, { notBefore }: { notBefore: { time: number } }, ids: string[]) {
  const { root, count } = batch;
  return ids.map((batchId) => ({ batchId, root: fromHex(root), count, notBeforeMs: notBefore.time * 1_000 }));
}

/** A registry that has no batch and no number yet, and one that has every batch. */
const EMPTY = `0x${'0'.repeat(256)}`;
const KNOWN = `0x${'1'.padStart(64, '0').repeat(4)}`;

/** The chain of the vectors, with its validators, which has the root already, and proves it so. */
function secondWith(
  { headerRlp, accountProof, storageProof }: ReturnType<typeof chainWitness>,
  more: Partial<Chain> = {},
): SecondChain {
  const rlp = fromHex(headerRlp);
  const { number, timestamp } = parseHeader(rlp, 'qbft');
  const network = networkOf(SECOND);
  const trust = { mediaType: TRUST_MEDIA_TYPE, name: 'Second', networks: [network], timestampAuthorities: [] } as const;
  return {
    name: 'second',
    chain: {
      ...createChain({ urls: ['http://127.0.0.1:1'], consensus: 'qbft', finality: { kind: 'instant' } }),
      call: async () => KNOWN,
      newestFinalHeader: async () => ({ rlp, number, timestamp, hash: '', parentHash: '' }),
      stateProof: async () => ({ account: accountProof.map(fromHex), slots: [storageProof.map(fromHex)] }),
      ...more,
    },
    wallet: new Wallet(Wallet.createRandom().privateKey),
    trust,
    network,
    contract: SECOND.contract,
    isCounted: true,
  };
}
