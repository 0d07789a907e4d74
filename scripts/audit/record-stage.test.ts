// SPDX-License-Identifier: Apache-2.0
// How an audit goes through records: whatever judges them, and whichever piece is judged first, the report is the same, and what
// is saved never says that more was judged than was.
import { expect } from 'chai';
import { basisOf, openPart } from '../../verifier/src/audit/index.ts';
import { auditContext } from '../../verifier/vectors/support/audits.ts';
import { makeRegistryChain } from '../../verifier/vectors/support/registry-chain.ts';
import { type AuditedRecords, type Judges, recordStage } from './record-stage.ts';

const KEYS = Array.from({ length: 2_010 }, (_, index) => String(index).padStart(4, '0'));
const chain = makeRegistryChain({ counts: [1] });

const records: AuditedRecords = {
  name: 'originals',
  together: 7,
  keys: async (_, after, take) => KEYS.filter((key) => after === undefined || key > after).slice(0, take),
  async judge({ count, findings }, { chosen }) {
    for (const key of chosen) {
      count('originals');
      findings.add({ code: 'original-missing', subject: key });
    }
  },
};

/** Judges the second of two pieces before the first. */
function reversed(): Judges {
  let first: PromiseWithResolvers<void> | undefined;
  return {
    atOnce: 2,
    worthFrom: 1,
    async judge(context, _, piece) {
      if (first) {
        first.resolve();
        first = undefined;
      } else {
        first = Promise.withResolvers();
        // The last piece of a page may have no other.
        await Promise.race([first.promise, new Promise((resolve) => setImmediate(() => setImmediate(resolve)))]);
      }
      const part = openPart(basisOf(context), chain.node)();
      await records.judge(part, piece);
      return { findings: part.findings, tally: part.tally };
    },
  };
}

async function run({ judges, after, size }: { judges?: Judges; after?: string; size?: number }) {
  const context = auditContext(chain, size === undefined ? undefined : { size, seed: 'a seed' });
  const places: { reached: string; judged: number }[] = [];
  for await (const keys of recordStage(records, judges).run(context, after))
    places.push({ reached: keys.at(-1) ?? '', judged: context.tally.originals ?? 0 });
  return { places, tally: context.tally, listed: context.findings.listed.map(({ subject }) => subject) };
}

describe('recordStage', () => {
  it('when pieces are judged at once, the later first › finds and counts the same, in the order of the keys', async () => {
    const atOnce = await run({ judges: reversed() });
    expect(atOnce).to.deep.equal(await run({}));
    expect([atOnce.tally, atOnce.listed]).to.deep.equal([{ originals: 2_010 }, KEYS.slice(0, 1_000)]);
  });

  it('when it is cut short › no place was reached before all up to it was judged, and nothing after it', async () => {
    for (const judges of [undefined, reversed()]) {
      const { places } = await run({ ...(judges && { judges }) });
      for (const { reached, judged } of places) expect(judged).to.equal(Number(reached) + 1);
      expect(places.at(-1)?.reached).to.equal('2009');
    }
    expect((await run({ judges: reversed(), after: '1503' })).tally).to.deep.equal({ originals: 506 });
  });

  it('when a sample is asked for › judges that many, the same ones in either way', async () => {
    const one = await run({ size: 40, judges: reversed() });
    expect(one.tally).to.deep.equal({ originals: 40 });
    expect(one.listed).to.deep.equal((await run({ size: 40 })).listed);
  });
});
