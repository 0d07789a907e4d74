// Forgeries of statements and batches under a real anchor.
import { type Bundle, buildTree, encodeStatement, leafHash, toHex } from '../../src/index.ts';
import type { Case } from '../support/case.ts';
import { makeWorld, type World } from '../support/world.ts';
import { forged } from './forged-case.ts';

export async function ownBatches(honest: World): Promise<Case[]> {
  const { bundle, statements, tree } = honest;
  const { anchor, inclusion } = bundle;
  const restated: Bundle = { ...bundle, statement: { ...bundle.statement, receivedAt: '2026-11-22T06:00:00.000Z' } };
  const own = await makeWorld({ batchId: 99n, receivedAt: '2026-11-22T06:00:02.000Z' });
  const ownLeaves: Bundle = { ...own.bundle, anchor };
  const [, , , neighbour] = statements;
  if (!neighbour) throw new RangeError('no neighbour');
  const { manifest: _, sections: __, ...bare } = bundle;
  const swapped: Bundle = { ...bare, statement: neighbour };
  const { root } = buildTree([leafHash(encodeStatement(bundle.statement))]);
  const alone: Bundle = {
    ...bundle,
    inclusion: { index: 0, count: 1, path: [] },
    anchor: {
      ...anchor,
      batch: { ...anchor.batch, root: toHex(root), count: 1, firstNumber: bundle.statement.number },
    },
  };
  const renumbered: Bundle = {
    ...bundle,
    anchor: { ...anchor, batch: { ...anchor.batch, firstNumber: String(honest.spec.firstNumber + 1n) } },
  };
  return [
    forged('statement-changed', 'A real anchor under a changed statement.', honest, restated, {
      inclusion: 'root-mismatch',
    }),
    forged('batch-of-ones-own', 'The attacker’s batch under a real anchor.', honest, ownLeaves, {
      inclusion: 'root-mismatch',
    }),
    forged('neighbours-statement', 'A neighbour’s statement in one’s own place.', honest, swapped, {
      inclusion: 'number-mismatch',
      status: 'state-proof-invalid',
    }),
    forged('root-of-ones-own', 'A batch of one that was never anchored.', honest, alone, {
      'batch-slot': 'state-proof-invalid',
    }),
    forged(
      'node-as-leaf',
      'An inner node offered as a leaf of a smaller batch.',
      honest,
      nodeAsLeaf(bundle, tree.inclusionPath(inclusion.index).map(toHex)),
      {
        inclusion: 'root-mismatch',
        'batch-slot': 'batch-mismatch',
      },
    ),
    forged('batch-renumbered', 'Another first number, so that the place gives another number.', honest, renumbered, {
      inclusion: 'number-mismatch',
      'batch-slot': 'batch-mismatch',
    }),
    forged('own-content', 'Content of the attacker’s under a real statement.', honest, await otherContent(honest), {
      manifest: 'manifest-mismatch',
    }),
  ];
}

// Five leaves have three nodes above them: the statement would stand at place 1 of 3 with the path from there on.
function nodeAsLeaf(bundle: Bundle, path: string[]): Bundle {
  const { batch } = bundle.anchor;
  const firstNumber = String(BigInt(bundle.statement.number) - 1n);
  return {
    ...bundle,
    inclusion: { index: 1, count: 3, path: path.slice(1) },
    anchor: { ...bundle.anchor, batch: { ...batch, count: 3, firstNumber } },
  };
}

async function otherContent({ bundle }: World): Promise<Bundle> {
  const own = await makeWorld({ sections: ['work'] });
  const { manifest = { v: 1, sections: [] } } = own.bundle;
  const renamed = { ...manifest, sections: manifest.sections.slice(1) };
  const { sections = [] } = own.bundle;
  return { ...bundle, manifest: renamed, sections };
}
