// SPDX-License-Identifier: Apache-2.0
// Each cell of the table in docs/threat-model.md: what an operator who holds every key tries, and what each reader is told. The
// table is what the tests expect, so neither can change without the other.
import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { makeRegistryChain } from '../../verifier/vectors/support/registry-chain.ts';
import { makeWorld } from '../../verifier/vectors/support/world.ts';
import { ATTACKS, type Attack } from './attacks.ts';
import {
  auditVerdictOf,
  makeScene,
  READERS,
  type Reader,
  receiptVerdictOf,
  type Scene,
  TODAY,
  verdictOf,
  verify,
} from './scene.ts';

const TABLE = tableOf(readFileSync(new URL('../../docs/threat-model.md', import.meta.url), 'utf8'));

describe('an operator who holds every key', function () {
  this.timeout(60_000);
  let scene: Scene;
  before(async () => {
    scene = await makeScene();
  });

  it('has the attempts and readers of docs/threat-model.md, and no others', () => {
    expect([...TABLE.keys()]).to.deep.equal(Object.keys(ATTACKS));
    for (const cells of TABLE.values()) expect([...cells.keys()]).to.deep.equal(READERS);
  });

  for (const [name, attack] of Object.entries(ATTACKS))
    for (const reader of READERS) {
      const expected = TABLE.get(name)?.get(reader);
      it(`${name} › when ${reader} › is told ${expected}`, async () => {
        expect(await answerOf(scene, { reader, attack })).to.equal(expected);
      });
    }

  for (const name of ['with a token asked for today', 'with a second chain that recorded it today'])
    it(`a batch dated last month, ${name} › is told that the batch is not shown to be older`, async () => {
      const shown = await ATTACKS[`the same, ${name}`]?.shown(scene);
      const { facts } = await verify(shown ?? scene.honest.bundle, scene.trust(1));
      expect(Date.parse(facts?.witnessedNoLaterThan ?? '')).to.equal(Date.parse(TODAY));
      expect(Date.parse(facts?.interval?.anchoredAt ?? '')).to.be.lessThan(Date.parse(TODAY) - 29 * 86_400_000);
    });

  it('when nobody attacks › has proofs that hold, a receipt that was kept and a sound audit', async () => {
    const { bundle } = scene.honest;
    const honest = makeRegistryChain();
    expect(await verdictOf(scene, bundle, 0)).to.equal('verified');
    expect(await receiptVerdictOf(scene, bundle)).to.equal('kept');
    expect(await auditVerdictOf(honest, honest.bundle(100_002n))).to.equal('sound');
    const revoked = await makeWorld({ ...scene.honest.spec, revocation: 1_790_000_000n | (1n << 64n) });
    expect(await verdictOf(scene, revoked.bundle, 0)).to.equal('revoked');
  });
});

async function answerOf(scene: Scene, { reader, attack }: { reader: Reader; attack: Attack }): Promise<string> {
  if (reader === 'proof kept, audited') {
    const { chain, item } = await attack.audited();
    return auditVerdictOf(chain, item);
  }
  const shown = await attack.shown(scene);
  if (reader === 'receipt held') return receiptVerdictOf(scene, shown);
  return verdictOf(scene, shown, reader === 'no witness' ? 0 : 1);
}

/** The codes in the cells of the table whose first column is "attempt", by row and column. */
function tableOf(document: string): Map<string, Map<string, string>> {
  const lines = document.split('\n');
  const start = lines.findIndex((line) => line.startsWith('| attempt |'));
  const cellsOf = (line = '') =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim());
  const [, ...readers] = cellsOf(lines[start]);
  const rows = lines.slice(start + 2);
  const end = rows.findIndex((line) => !line.startsWith('|'));
  return new Map(
    rows.slice(0, end).map((line) => {
      const [name = '', ...cells] = cellsOf(line);
      return [name, new Map(readers.map((reader, place) => [reader, /`([^`]+)`/.exec(cells[place] ?? '')?.[1] ?? '']))];
    }),
  );
}
