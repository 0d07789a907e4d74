// Bundles and absence proofs that hold, whole or with parts left out.
import { type Bundle, blockHash, toHex0x } from '../../src/index.ts';
import { type Case, changeSeals, type NodeAnswers, otherForm } from '../support/case.ts';
import { bytesOf, encodeInteger, makeValidators, seeded } from '../support/chain.ts';
import { makeAbsence, makeTrust, makeWorld, type World, type WorldSpec } from '../support/world.ts';

const COUNTS = [1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33, 63, 64, 65, 127, 129, 300];

export async function goodCases(): Promise<Case[]> {
  return [...(await sizes()), ...(await shapes()), ...(await leftOut()), ...(await backed()), ...(await absences())];
}

async function sizes(): Promise<Case[]> {
  const cases: Case[] = [];
  for (const count of COUNTS) {
    const index = Math.floor((count - 1) * 0.8);
    const world = await makeWorld({ count, index });
    const name = `good/leaf-${index}-of-${count}`;
    cases.push(verified(name, `Leaf ${index} of a batch of ${count}.`, world));
  }
  return cases;
}

async function shapes(): Promise<Case[]> {
  const one: [string, string, Partial<WorldSpec>][] = [
    ['last-leaf', 'The odd leaf out of a batch, with a short path.', { count: 5, index: 4 }],
    ['largest-number', 'The largest number there can be.', { firstNumber: 2n ** 64n - 5n, index: 4, nextNumber: 0n }],
    ['registration', 'A registration.', { kind: 'registration' }],
    ['submission', 'A submission, which is no certificate.', { kind: 'submission' }],
    ['audit-head', 'An audit head, which is no certificate.', { kind: 'audit-head' }],
    ['one-validator', 'A network of one validator.', { validators: makeValidators('alone', 1) }],
    ['a-quorum-of-seven', 'Five of seven seals, in another order.', sevenValidators()],
    ['later-round', 'A block of a later round.', { round: 3 }],
    ['a-vote', 'A block that carries a vote.', { vote: [seeded('candidate').subarray(12), Uint8Array.of(0xff)] }],
    [
      'a-vote-against',
      'A block that carries a vote to remove.',
      { vote: [seeded('candidate').subarray(12), Uint8Array.of(0)] },
    ],
    [
      'a-vote-against-as-an-integer',
      'A block that carries a vote to remove, as GoQuorum writes it: the integer zero.',
      { vote: [seeded('candidate').subarray(12), new Uint8Array(0)] },
    ],
    [
      'received-late',
      'The operator’s clock runs 5 s ahead of the chain’s.',
      { receivedAt: '2026-11-22T06:00:09.000Z' },
    ],
    ['same-second', 'Not-before, anchoring and block within one second.', sameSecond()],
  ];
  const cases: Case[] = [];
  for (const [name, about, choices] of one) cases.push(verified(`good/${name}`, about, await makeWorld(choices)));
  return [...cases, await otherFormOfSeals(), await laterRules()];
}

async function leftOut(): Promise<Case[]> {
  const one: [string, string, Partial<WorldSpec>][] = [
    ['no-sm3', 'A statement without SM3.', { hasSm3: false }],
    ['no-status', 'Without a status.', { hasStatus: false }],
    ['no-sections', 'With its manifest, no section disclosed.', { sections: [] }],
    ['no-manifest', 'Without its manifest: number and time only.', { hasManifest: false }],
    ['one-section', 'One section of three disclosed.', { sections: ['party:1'] }],
    ['all-sections', 'Every section disclosed.', { sections: ['files', 'work', 'party:1'] }],
  ];
  const cases: Case[] = [];
  for (const [name, about, choices] of one) cases.push(verified(`good/${name}`, about, await makeWorld(choices)));
  const world = await makeWorld();
  const { hints: _, ...noHints } = world.bundle;
  const witnesses = [{ kind: 'rfc3161' as const, token: 'MIIBhw==' }];
  return [
    ...cases,
    verified('good/no-hints', 'Without hints.', world, { file: noHints }),
    verified('good/witness', 'A witness, which version 1 does not judge.', world, {
      file: { ...world.bundle, witnesses },
    }),
    verified('good/file', 'The file handed in is the listed one.', world, { files: ['work.txt'] }),
    verified('good/fresh-status', 'A status as fresh as asked for.', world, { maxStatusAgeSeconds: 7_200 }),
  ];
}

async function backed(): Promise<Case[]> {
  const world = await makeWorld();
  const unsealed = await makeWorld({ consensus: 'none' });
  const noStatus = await makeWorld({ hasStatus: false });
  const { bundle: file } = world;
  const consistent = { verdict: 'consistent' as const };
  return [
    { name: 'good/no-trust-file', about: 'Nobody is trusted: consistent in itself.', file, ...consistent },
    {
      name: 'good/no-trust-unsealed',
      about: 'The same on a chain without seals.',
      file: unsealed.bundle,
      ...consistent,
    },
    verified('good/unsealed', 'A development chain: nobody backs the header.', unsealed, consistent),
    verified('good/unsealed-node', 'A development chain, backed by a node.', unsealed, {
      node: nodeOf(unsealed, 'none'),
    }),
    {
      name: 'good/node',
      about: 'No trust file, backed by a node.',
      file,
      node: nodeOf(world, 'qbft'),
      ...takenBack,
    },
    verified('good/trust-and-node', 'Sealed, and on the node too.', world, { node: nodeOf(world, 'qbft') }),
    verified('good/node-silent', 'A node was named and does not answer.', world, {
      node: 'unreachable',
      ...consistent,
    }),
    verified('good/node-for-status', 'The node makes up for a missing status.', noStatus, {
      node: nodeOf(noStatus, 'qbft'),
      maxStatusAgeSeconds: 60,
    }),
    verified('good/node-for-stale-status', 'The node makes up for a stale status.', world, {
      node: nodeOf(world, 'qbft'),
      maxStatusAgeSeconds: 60,
    }),
  ];
}

async function absences(): Promise<Case[]> {
  const world = await makeWorld();
  const unsealed = await makeWorld({ consensus: 'none' });
  const { nextNumber } = world.spec;
  const trust = makeTrust(world);
  const file = makeAbsence(world, nextNumber);
  const one = { subject: 'absence' as const, file };
  return [
    { ...one, name: 'absence/next', about: 'The very next number was never issued.', trust, verdict: 'verified' },
    {
      ...one,
      name: 'absence/far',
      about: 'A number far ahead.',
      file: makeAbsence(world, 2n ** 64n - 1n),
      trust,
      verdict: 'verified',
    },
    { ...one, name: 'absence/no-trust-file', about: 'Nobody is trusted.', verdict: 'consistent' },
    {
      ...one,
      name: 'absence/unsealed',
      about: 'A development chain.',
      file: makeAbsence(unsealed, nextNumber),
      trust: makeTrust(unsealed),
      verdict: 'consistent',
    },
    { ...one, name: 'absence/node', about: 'Backed by a node.', node: nodeOf(world, 'qbft'), ...takenBack },
  ];
}

/** A node alone verified until corrections.json. */
const takenBack = { verdict: 'consistent', released: { verdict: 'verified', exitCode: 0 } } as const;

/** A good bundle under its own world's trust file. */
export function verified(name: string, about: string, world: World, more: Partial<Case> = {}): Case {
  return { name, about, file: world.bundle, trust: makeTrust(world), verdict: 'verified', ...more };
}

/** A node that has the blocks of a bundle. */
export function nodeOf({ spec, bundle }: World, consensus: 'qbft' | 'none'): NodeAnswers {
  const blocks: [number, string | undefined][] = [
    [spec.notBefore.block, bundle.notBefore.headerRlp],
    [spec.anchor.block, bundle.anchor.headerRlp],
    [spec.status.block, bundle.status?.headerRlp],
  ];
  const known = blocks.flatMap(([number, headerRlp]): [string, string][] =>
    headerRlp ? [[String(number), toHex0x(blockHash(bytesOf(headerRlp), consensus))]] : [],
  );
  return { chainId: spec.chainId, blocks: Object.fromEntries(known), storage: {} };
}

function sevenValidators(): Partial<WorldSpec> {
  const validators = makeValidators('seven', 7);
  return { validators, sealers: validators.slice(2).reverse() };
}

function sameSecond(): Partial<WorldSpec> {
  const time = Date.UTC(2026, 10, 22, 6) / 1000;
  return { notBefore: { block: 1_200, time }, anchor: { block: 1_201, time, anchoredAt: time } };
}

async function otherFormOfSeals(): Promise<Case> {
  const world = await makeWorld();
  const { anchor } = world.bundle;
  const headerRlp = changeSeals(anchor.headerRlp, (seals) => seals.slice(1).map(otherForm));
  const file: Bundle = { ...world.bundle, anchor: { ...anchor, headerRlp } };
  return verified('good/seals-in-other-form', 'Three of four seals, s in the other half.', world, { file });
}

// A base fee, a withdrawals root and what else later rules append; one of them a list.
async function laterRules(): Promise<Case> {
  const moreItems = [encodeInteger(7), seeded('withdrawals'), [seeded('a list'), []]];
  return verified(
    'good/later-chain-rules',
    'Headers with items after the first fifteen.',
    await makeWorld({ moreItems }),
  );
}
