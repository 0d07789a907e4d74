import { expect } from 'chai';
import { zipSync } from 'fflate';
import { auditContext, auditOf, foundIn, type Items } from '../../vectors/support/audits.ts';
import { attaching, makePdf } from '../../vectors/support/pdf.ts';
import { anchoredEntry, FIRST, makeRegistryChain, timeOf } from '../../vectors/support/registry-chain.ts';
import { type Bundle, encodeBundle, utf8 } from '../index.ts';
import { encodeReceipt } from '../receipts/index.ts';
import { type AuditNode, judgeItem, judgeStoredProof, type SavedAudit } from './index.ts';

const chain = makeRegistryChain({ counts: [3, 1, 5], revoked: [FIRST + 1n] });
const [first = fail(), second = fail(), third = fail()] = chain.batches;
const NUMBERS = Array.from({ length: 9 }, (_, index) => FIRST + BigInt(index));
const proofs: Items = Object.fromEntries(
  NUMBERS.map((number) => [`${number}.proof.json`, encodeBundle(chain.bundle(number))]),
);

describe('runAudit › of the chain', () => {
  const withLog = (entries: readonly (typeof first)[]): Partial<AuditNode> => ({
    logs: async ({ from, to }) => entries.map(anchoredEntry).filter(({ block }) => block >= from && block <= to),
  });

  it('when the registry is whole › finds nothing, under seals and with a node alone', async () => {
    for (const consensus of ['qbft', 'none'] as const) {
      const report = await auditOf(makeRegistryChain({ consensus }));
      expect(foundIn(report)).to.deep.equal([]);
      expect(report).to.include({ verdict: 'sound', exitCode: 0, backing: consensus === 'qbft' ? 'seals' : 'node' });
      expect(report.chain).to.include({ batches: '3', firstNumber: String(FIRST), nextNumber: String(FIRST + 9n) });
    }
  });

  it('when no batch was anchored yet › finds nothing', async () => {
    expect((await auditOf(makeRegistryChain({ counts: [] }))).verdict).to.equal('sound');
  });

  it('when the log has a batch twice, in another order, or of other content › names it', async () => {
    const changed = { ...second, first: second.first + 1n };
    expect(foundIn(await auditOf(chain, {}, { node: withLog([first, first, second, third]) }))[0]).to.match(
      /^batch-out-of-order batch 1,/,
    );
    expect(codesOf(await auditOf(chain, {}, { node: withLog([first, changed, third]) }))).to.include.members([
      'numbers-not-contiguous',
      'batch-not-in-state',
    ]);
  });

  it('when the log hides a batch, at the end or between others › the registry itself shows it', async () => {
    expect(codesOf(await auditOf(chain, {}, { node: withLog([first, second]) }))).to.deep.equal(['numbers-hidden']);
    expect(codesOf(await auditOf(chain, {}, { node: withLog([first, third]) }))).to.include('batch-out-of-order');
    expect(codesOf(await auditOf(chain, {}, { node: withLog([]) }))).to.deep.equal(['numbers-hidden']);
  });

  it('when the log invents a batch › the state does not have it', async () => {
    const [other = fail()] = makeRegistryChain({ counts: [9] }).batches;
    const invented = { ...other, id: 4n, first: FIRST + 9n, block: third.block + 1 };
    const codes = codesOf(await auditOf(chain, {}, { node: withLog([first, second, third, invented]) }));
    expect(codes).to.include.members(['numbers-hidden', 'batch-not-in-state']);
  });

  it('when an event cannot be read › names its block', async () => {
    const broken = { ...anchoredEntry(third), data: '0x00' };
    const node: Partial<AuditNode> = { logs: async (range) => [...(await chain.node.logs(range)), broken] };
    expect(foundIn(await auditOf(chain, {}, { node }))[0]).to.equal(`log-unreadable block ${third.block}`);
  });

  it('when the block of a batch has no seals, or another time › names it', async () => {
    const unsealed = makeRegistryChain({ consensus: 'none' });
    const block = async (number: bigint) => {
      const own = await chain.node.block(number);
      const other = unsealed.headerRlp(Number(number));
      return own && Number(number) === second.block ? { ...own, headerRlp: other } : own;
    };
    expect(foundIn(await auditOf(chain, {}, { node: { block } }))).to.deep.equal([
      `block-not-proven header-malformed block ${second.block}`,
    ]);
    const later = { ...second, block: second.block + 1 };
    expect(codesOf(await auditOf(chain, {}, { node: withLog([first, later, third]) }))).to.deep.equal([
      'batch-time-differs',
    ]);
  });

  it('when the registry was retired before a batch › names the batch', async () => {
    const retired = structuredClone(chain.trust);
    const [registry] = retired.networks[0]?.registries ?? [];
    Object.assign(registry ?? {}, { throughNumber: String(FIRST + 3n) });
    expect(codesOf(await auditOf({ ...chain, trust: retired }))).to.deep.equal(['batch-retired']);
  });

  it('when the node makes a block at that moment, and proves the state after it › is asked again, but not for ever', async () => {
    const racing = (times: number): Partial<AuditNode> => {
      let left = times;
      return {
        async proofs(slots, block) {
          const proven = await chain.node.proofs(slots, block);
          left -= 1;
          return left < 0 ? proven : { ...proven, accountProof: proven.accountProof.slice(1) };
        },
      };
    };
    expect(foundIn(await auditOf(chain, {}, { node: racing(2) }))).to.deep.equal([]);
    expect(await failureOf(auditOf(chain, {}, { node: racing(100) }))).to.equal('VerificationError');
  });

  it('when nobody backs the newest block, or the node does not answer › decides nothing', async () => {
    const unsealed = makeRegistryChain({ consensus: 'none' });
    const refusals = [{ block: unsealed.node.block }, { proofs: unsealed.node.block as never }];
    for (const node of refusals) expect(await failureOf(auditOf(chain, {}, { node }))).to.not.equal(undefined);
    expect(await failureOf(auditOf(chain, {}, { node: { block: async () => undefined } }))).to.equal('NodeFailure');
  });
});

describe('runAudit › of what was handed in', () => {
  it('when a certificate carries another proof than the one that was judged just before › judges its own', async () => {
    const [stored, other] = [encodeBundle(chain.bundle(FIRST)), encodeBundle(chain.bundle(FIRST + 2n))];
    const forged = encodeBundle({ ...chain.bundle(FIRST + 2n), inclusion: chain.bundle(FIRST).inclusion });
    const context = auditContext(chain);
    const certificate = (proof: Uint8Array) => {
      const bytes = makePdf(attaching(proof));
      const read = async (offset: number, length: number) => bytes.slice(offset, offset + length);
      return judgeItem(context, { name: 'a.pdf', source: { size: bytes.length, read } });
    };
    await judgeStoredProof(context, 'a', stored);
    expect((await certificate(stored))?.number).to.equal(String(FIRST));
    expect((await certificate(other))?.number).to.equal(String(FIRST + 2n));
    expect(await certificate(forged)).to.equal(undefined);
    expect(context.findings.listed.map(({ code }) => code)).to.include('proof-not-verified');
  });

  it('when everything holds › finds nothing, and counts what it judged', async () => {
    const bundle = encodeBundle(chain.bundle(FIRST));
    const report = await auditOf(chain, {
      ...proofs,
      'a.pdf': makePdf(attaching(bundle)),
      'b.zip': zipSync({ '1.proof.json': bundle }),
      'c.absence.json': encodeBundle(chain.absence(FIRST + 9n)),
      'notes.txt': utf8('not ours'),
      'plain.pdf': makePdf({ 1: '<< /Type /Catalog >>' }),
      'r.receipt.json': encodeReceipt(chain.receipt(FIRST + 2n)),
      'z.receipt.json': encodeReceipt(chain.receipt(FIRST + 9n, { anchorBy: '2095-01-01T00:00:00.000Z' })),
    });
    expect(foundIn(report)).to.deep.equal([]);
    expect(report.tally).to.deep.equal({
      proofs: 9,
      certificates: 1,
      packages: 1,
      absences: 1,
      others: 2,
      receipts: 2,
      'receipts-kept': 1,
      'receipts-pending': 1,
      revoked: 1,
    });
  });

  it('when a proof was changed, cut short or swapped for one of another registry › names it and why', async () => {
    const other = makeRegistryChain({ counts: [2, 2] });
    const changed = withStatement(chain.bundle(FIRST), { sha256: 'f'.repeat(64) });
    const report = await auditOf(chain, {
      ...proofs,
      'changed.proof.json': encodeBundle(changed),
      'cut.proof.json': encodeBundle(chain.bundle(FIRST)).subarray(0, 900),
      'foreign.proof.json': encodeBundle(other.bundle(FIRST)),
    });
    expect(foundIn(report)).to.include.members([
      'proof-not-verified root-mismatch changed.proof.json',
      'item-unreadable not-json cut.proof.json',
      'proof-not-verified header-not-on-chain foreign.proof.json',
    ]);
    expect(report.listed.every(({ subject }) => !subject.startsWith('1'))).to.equal(true);
  });

  it('when a sealed proof is of a batch that the log does not list for its number › names it', async () => {
    const other = makeRegistryChain({ counts: [2, 7] });
    // Its own blocks, sealed by the same validators: a fork.
    const block = async (number: bigint) => (number > 25n ? chain.node.block(number) : other.node.block(number));
    const report = await auditOf(chain, { 'fork.proof.json': encodeBundle(other.bundle(FIRST)) }, { node: { block } });
    expect(codesOf(report)).to.include('proof-of-other-batch');
  });

  it('when a receipt was broken, forged, or promises other content › names it', async () => {
    const forged = { ...chain.receipt(FIRST), signature: '0'.repeat(128) };
    const report = await auditOf(chain, {
      ...proofs,
      'absent.receipt.json': encodeReceipt(chain.receipt(FIRST + 20n)),
      'forged.receipt.json': encodeReceipt(forged),
      'late.receipt.json': encodeReceipt(
        chain.receipt(FIRST, { anchorBy: new Date(timeOf(19) * 1000 + 500).toISOString() }),
      ),
      'other.receipt.json': encodeReceipt(chain.receipt(FIRST + 3n, { sha256: 'a'.repeat(64) })),
    });
    expect(foundIn(report)).to.have.members([
      'receipt-broken promise-number-absent absent.receipt.json',
      'receipt-not-verified receipt-signature-invalid forged.receipt.json',
      'receipt-broken promise-content-differs other.receipt.json',
    ]);
    expect(report.tally).to.include({ receipts: 4, 'receipts-late': 1 });
  });

  it('when a file cannot be opened, or is no container that can be read › names it, and goes on', async () => {
    const report = await auditOf(chain, { 'a.zip': utf8('PK\x03\x04 and nothing'), 'b.pdf': new Error(), ...proofs });
    expect(foundIn(report)).to.deep.equal(['item-unreadable unreadable a.zip', 'item-unreadable cannot-read b.pdf']);
    expect(report.tally.proofs).to.equal(9);
  });
});

describe('runAudit › a sample', () => {
  it('when the seed is the same › judges the same files, and never more', async () => {
    const audit = (seed: string) =>
      auditOf(chain, { ...proofs, '0.proof.json': utf8('{}') }, { sample: { size: 4, seed } });
    const [one, again] = [await audit('one'), await audit('one')];
    expect(one.tally.proofs).to.equal(4);
    expect({ ...one, run: null }).to.deep.equal({ ...again, run: null });
    const found = await Promise.all(
      ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map(async (seed) => (await audit(seed)).exitCode),
    );
    expect(new Set(found)).to.deep.equal(new Set([0, 1]));
  });
});

describe('runAudit › interrupted', () => {
  it('when it is killed after any step and goes on › gives the same report', async () => {
    const items = {
      ...proofs,
      '5.receipt.json': encodeReceipt(chain.receipt(FIRST + 3n, { sha256: 'a'.repeat(64) })),
      '6.receipt.json': encodeReceipt(chain.receipt(FIRST + 20n)),
      '7.proof.json': utf8('{}'),
    };
    const whole = await auditOf(chain, items);
    expect(whole.listed).to.have.length(3);
    const states: SavedAudit[] = [];
    const save = async (saved: SavedAudit) => void states.push(structuredClone(saved));
    await auditOf(chain, items, { save, saveEveryMs: 0 });
    expect(states).to.have.length.greaterThan(10);
    for (const saved of states) {
      const { run, ...report } = await auditOf(chain, items, { saved: JSON.parse(JSON.stringify(saved)) });
      expect(run.startedAt).to.equal(saved.startedAt);
      expect({ ...report, run: null }).to.deep.equal({ ...whole, run: null });
    }
  });

  it('when the state is of another audit, or the chain is another by now › decides nothing', async () => {
    const states: SavedAudit[] = [];
    await auditOf(chain, proofs, { save: async (saved) => void states.push(saved), saveEveryMs: 0 });
    const saved = states.at(-1);
    if (!saved) throw new RangeError('nothing was saved');
    const other = makeRegistryChain({ counts: [2, 2, 5] });
    expect(await failureOf(auditOf(other, proofs, { saved }))).to.equal('AuditMismatch');
    expect(await failureOf(auditOf(chain, proofs, { saved: { ...saved, subject: 'other' } }))).to.equal(
      'AuditMismatch',
    );
    expect(await failureOf(auditOf(chain, {}, { saved: { ...saved, stages: 0, after: 'gone' } }))).to.equal(
      'AuditMismatch',
    );
  });
});

const codesOf = ({ counts }: { counts: object }): string[] => Object.keys(counts);

const withStatement = (bundle: Bundle, changes: Partial<Bundle['statement']>): Bundle => ({
  ...bundle,
  statement: { ...bundle.statement, ...changes },
});

async function failureOf(work: Promise<unknown>): Promise<string | undefined> {
  try {
    await work;
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.name : 'unknown';
  }
}

function fail(): never {
  throw new RangeError('no such batch');
}
