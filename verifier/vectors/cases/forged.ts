// Forgeries: bundles without a flaw in themselves, made by someone who owns everything in them but what the verifier trusts.
// Every one is tried under the honest world's trust file.
import {
  type Bundle,
  batchSlot,
  blockHash,
  type CheckCode,
  type CheckName,
  encodeBundle,
  LAYOUT_V1,
  toHex0x,
} from '../../src/index.ts';
import { type Case, changeExtra, changeHeader } from '../support/case.ts';
import { bytesOf, makeValidators, seeded } from '../support/chain.ts';
import { makeAbsence, makeTrust, makeWorld, revocationSlotOf, type World, type WorldSpec } from '../support/world.ts';
import { ownBatches } from './forged-batches.ts';
import { forged } from './forged-case.ts';

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
