// Forgeries: bundles without a flaw in themselves, made by someone who owns everything in them but what the verifier trusts.
// Every one is tried under the honest world's trust file.
// biome-ignore lint/style/noExcessiveLinesPerFile: one case after another reads better than spread over files
import {
  type Bundle,
  batchSlot,
  blockHash,
  buildTree,
  type CheckCode,
  type CheckName,
  encodeBundle,
  encodeStatement,
  LAYOUT_V1,
  leafHash,
  toHex,
  toHex0x,
} from '../../src/index.ts';
import { type Case, changeExtra, changeHeader } from '../support/case.ts';
import { bytesOf, makeValidators, seeded } from '../support/chain.ts';
import { makeAbsence, makeTrust, makeWorld, revocationSlotOf, type World, type WorldSpec } from '../support/world.ts';

type Failures = Partial<Record<CheckName, CheckCode>>;

const OWN = toHex0x(seeded('the attacker’s contract').subarray(12));
const EVERY_SEAL = (code: CheckCode): Failures => ({ seals: code, 'not-before': code, status: code });

export async function forgedCases(): Promise<Case[]> {
  const honest = await makeWorld();
  return [
    ...(await ownWorlds(honest)),
    ...(await ownBlocks(honest)),
    ...(await ownBatches(honest)),
    ...(await ownStatus(honest)),
    ...(await smuggled(honest)),
    ...(await ownAbsences(honest)),
  ];
}

async function ownWorlds(honest: World): Promise<Case[]> {
  const one: [string, string, Partial<WorldSpec>, Failures][] = [
    [
      'own-contract',
      'A contract of the attacker’s on the real chain.',
      { contract: OWN },
      { statement: 'registry-unknown' },
    ],
    ['own-chain-id', 'A whole chain of the attacker’s.', { chainId: '7789' }, { statement: 'chain-unknown' }],
    [
      'own-code',
      'Other code at the registry’s address.',
      { codeHash: toHex0x(seeded('own code')) },
      { account: 'code-mismatch', status: 'code-mismatch' },
    ],
    [
      'own-validators',
      'Validators of the attacker’s.',
      { validators: makeValidators('own', 4) },
      EVERY_SEAL('validator-set-mismatch'),
    ],
    [
      'one-more-validator',
      'The trusted validators and one more.',
      { validators: [...honest.spec.validators, ...makeValidators('own', 1)] },
      EVERY_SEAL('validator-set-mismatch'),
    ],
    [
      'no-validator-list',
      'No validator in the header, as on networks that select validators by contract.',
      { validators: [], sealers: honest.spec.validators },
      EVERY_SEAL('validator-list-empty'),
    ],
    [
      'own-seals',
      'The trusted list, sealed by the attacker’s keys.',
      { sealers: makeValidators('own', 4) },
      EVERY_SEAL('seal-invalid'),
    ],
    [
      'a-minority',
      'Two trusted validators and the attacker.',
      { sealers: [...honest.spec.validators.slice(2), ...makeValidators('own', 1)] },
      EVERY_SEAL('seal-invalid'),
    ],
    [
      'unsealed-chain',
      'A chain without seals.',
      { consensus: 'none' },
      { header: 'header-malformed', 'not-before': 'header-malformed', status: 'header-malformed' },
    ],
  ];
  const cases: Case[] = [];
  for (const [name, about, choices, failed] of one) {
    cases.push(forged(name, about, honest, (await makeWorld(choices)).bundle, failed));
  }
  return [...cases, await ownSlot(honest), await retired(honest), await oldFork()];
}

// The attacker may write to other slots of the real registry, or deploy the real code with another layout.
async function ownSlot(honest: World): Promise<Case> {
  const layout = { ...LAYOUT_V1, batchesSlot: `0x${'9'.padStart(64, '0')}` };
  const { bundle } = await makeWorld({ layout });
  const failed: Failures = { 'batch-slot': 'state-proof-invalid' };
  return forged('own-slot', 'A batch in a slot of the attacker’s choice.', honest, bundle, failed);
}

async function retired(honest: World): Promise<Case> {
  const late = await makeWorld({ firstNumber: honest.spec.firstNumber + 500n });
  const trust = makeTrust(honest);
  const [network] = trust.networks;
  const registries = (network?.registries ?? []).map((one) => ({
    ...one,
    throughNumber: String(honest.spec.nextNumber - 900n),
  }));
  const failed: Failures = { statement: 'number-retired' };
  const about = 'A number issued with a leaked key after the registry was retired.';
  return {
    ...forged('retired-registry', about, honest, late.bundle, failed),
    trust: makeTrust(honest, { registries }),
  };
}

// The validators of before block 1100 kept their keys, and go on sealing a fork of their own.
async function oldFork(): Promise<Case> {
  const old = await makeWorld({ validators: makeValidators('old', 4) });
  const honest = await makeWorld();
  const [before] = makeTrust(old).networks[0]?.validatorSets ?? [];
  const [since] = makeTrust(honest).networks[0]?.validatorSets ?? [];
  if (!before || !since) throw new RangeError('no validator set');
  const trust = makeTrust(honest, { validatorSets: [before, { ...since, fromBlock: '1100' }] });
  const failed = EVERY_SEAL('validator-set-mismatch');
  return {
    ...forged('fork-of-an-old-set', 'A fork sealed by validators that left.', honest, old.bundle, failed),
    trust,
  };
}

async function ownBlocks(honest: World): Promise<Case[]> {
  const { bundle } = honest;
  const own = await makeWorld({ sections: ['work'], batchId: 8n, nextNumber: 1n });
  const graft = changeHeader(bundle.anchor.headerRlp, (items) => items.with(3, own.state.root));
  const grafted = { ...own.bundle, anchor: { ...own.bundle.anchor, headerRlp: graft } };
  const other = await makeWorld({ validators: makeValidators('other chain', 4) });
  const { headerRlp } = other.bundle.notBefore;
  const foreignBefore = await makeWorld({
    restate: (leaf) => ({
      ...leaf,
      notBefore: { ...leaf.notBefore, hash: toHex0x(blockHash(bytesOf(headerRlp), 'qbft')) },
    }),
  });
  const plainHash = await makeWorld({
    restate: (leaf) => ({
      ...leaf,
      notBefore: { ...leaf.notBefore, hash: toHex0x(blockHash(bytesOf(bundle.notBefore.headerRlp), 'none')) },
    }),
  });
  const earlier = changeHeader(bundle.anchor.headerRlp, (items) => items.with(11, bytesOf('6a000000')));
  const otherRound = changeExtra(bundle.anchor.headerRlp, (extra) => extra.with(3, Uint8Array.of(1)));
  const withHeader = (headerRlp: string): Bundle => ({ ...bundle, anchor: { ...bundle.anchor, headerRlp } });
  return [
    forged('state-root-grafted', 'The attacker’s state root under real seals.', honest, grafted, {
      seals: 'seal-invalid',
    }),
    forged('time-grafted', 'Another block time under real seals.', honest, withHeader(earlier), {
      seals: 'seal-invalid',
      'time-order': 'times-out-of-order',
    }),
    forged('round-grafted', 'Real seals under another round.', honest, withHeader(otherRound), {
      seals: 'seal-invalid',
    }),
    forged(
      'not-before-of-another-chain',
      'A not-before block of another chain.',
      honest,
      { ...foreignBefore.bundle, notBefore: { headerRlp } },
      {
        'not-before': 'validator-set-mismatch',
      },
    ),
    forged('not-before-hashed-plainly', 'A block named by the hash of its bytes.', honest, plainHash.bundle, {
      'not-before': 'not-before-hash-mismatch',
    }),
    forged(
      'another-contracts-proof',
      'The account proof of the attacker’s contract.',
      honest,
      await withOwnAccount(honest),
      {
        account: 'state-proof-invalid',
      },
    ),
  ];
}

async function withOwnAccount({ bundle }: World): Promise<Bundle> {
  const own = await makeWorld({ contract: OWN });
  const { headerRlp, accountProof, storageProof } = own.bundle.anchor;
  return { ...bundle, anchor: { ...bundle.anchor, headerRlp, accountProof, storageProof } };
}

async function ownBatches(honest: World): Promise<Case[]> {
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

async function ownStatus(honest: World): Promise<Case[]> {
  const { bundle, spec } = honest;
  const own = await makeWorld({ contract: OWN });
  const revoked = await makeWorld({ revocation: 1n });
  const otherNumber = honest.prove(revocationSlotOf(spec, String(spec.firstNumber)), spec.status);
  const beforeAnchor = honest.prove(revocationSlotOf(spec, bundle.statement.number), {
    block: 1_202,
    time: spec.anchor.time,
  });
  const batchAsStatus = honest.prove(
    toHex0x(batchSlot(bytesOf(bundle.anchor.batch.root), bytesOf(LAYOUT_V1.batchesSlot))),
    spec.status,
  );
  const { bundle: foreign } = await makeWorld({ validators: makeValidators('own', 4) });
  const withStatus = (status: Bundle['status']): Bundle => ({ ...revoked.bundle, ...(status && { status }) });
  return [
    forged(
      'status-of-another-contract',
      'The status of the attacker’s contract.',
      honest,
      withStatus(own.bundle.status),
      {
        status: 'state-proof-invalid',
      },
    ),
    forged('status-of-another-number', 'The status of another number.', honest, withStatus(otherNumber), {
      status: 'state-proof-invalid',
    }),
    forged('status-of-another-slot', 'The proof of a batch for a status.', honest, withStatus(batchAsStatus), {
      status: 'state-proof-invalid',
    }),
    forged('status-from-before', 'A status from before the anchor.', honest, withStatus(beforeAnchor), {
      status: 'status-before-anchor',
    }),
    forged('status-of-another-chain', 'A status under foreign seals.', honest, withStatus(foreign.status), {
      status: 'validator-set-mismatch',
    }),
  ];
}

async function smuggled(honest: World): Promise<Case[]> {
  const own = await makeWorld({ validators: makeValidators('own', 4) });
  const trust = makeTrust(own);
  const text = (bundle: object): string => new TextDecoder().decode(encodeBundle({ ...own.bundle, ...bundle }));
  const one = (name: string, about: string, file: string): Case => ({
    ...forged(name, about, honest, own.bundle, {}),
    file,
    error: 'malformed',
  });
  return [
    one('trust-file-inside', 'A trust file inside the bundle.', text({ trust })),
    one(
      'validators-inside',
      'A validator set inside the anchor.',
      text({ anchor: { ...own.bundle.anchor, validatorSets: trust.networks[0]?.validatorSets } }),
    ),
    one('trust-in-hints', 'A trust file among the hints.', text({ hints: { trust } })),
  ];
}

async function ownAbsences(honest: World): Promise<Case[]> {
  const { firstNumber } = honest.spec;
  const trust = makeTrust(honest);
  const shared = { subject: 'absence' as const, trust, verdict: 'not-verified' as const };
  const young = { nextNumber: firstNumber };
  const elsewhere = await makeWorld({ ...young, contract: OWN });
  const ownChain = await makeWorld({ ...young, validators: makeValidators('own', 4) });
  const relabelled = {
    ...makeAbsence(elsewhere, firstNumber),
    registry: { chainId: '7788', contract: honest.spec.contract },
  };
  return [
    {
      ...shared,
      name: 'forged/absence-elsewhere',
      about: 'Absent from the attacker’s registry.',
      file: makeAbsence(elsewhere, firstNumber),
      failed: { statement: 'registry-unknown' },
    },
    {
      ...shared,
      name: 'forged/absence-relabelled',
      about: 'The attacker’s registry under the real one’s name.',
      file: relabelled,
      failed: { account: 'state-proof-invalid' },
    },
    {
      ...shared,
      name: 'forged/absence-own-seals',
      about: 'Absent on a chain of the attacker’s.',
      file: makeAbsence(ownChain, firstNumber),
      failed: { seals: 'validator-set-mismatch' },
    },
  ];
}

function forged(name: string, about: string, honest: World, file: Bundle, failed: Failures): Case {
  return { name: `forged/${name}`, about, file, trust: makeTrust(honest), verdict: 'not-verified', failed };
}
