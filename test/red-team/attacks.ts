// SPDX-License-Identifier: Apache-2.0
// What an operator who holds every key may try, by the names that docs/threat-model.md gives the attempts.
import {
  BUNDLE_MEDIA_TYPE_V2,
  type Bundle,
  fromHex,
  revocationSlot,
  type Statement,
  type StateProof,
  toHex,
  toHex0x,
  type Witness,
} from '../../verifier/src/index.ts';
import { seeded } from '../../verifier/vectors/support/chain.ts';
import { FIRST, makeRegistryChain, type RegistryChain } from '../../verifier/vectors/support/registry-chain.ts';
import { FIRST_NUMBER, makeAbsence, makeWorld, type WorldSpec } from '../../verifier/vectors/support/world.ts';
import { chainWitness, secondChain } from '../../verifier/vectors/witnesses/chain-witness.ts';
import { LAST_MONTH, type Scene, type Shown, TODAY, tokenOver } from './scene.ts';

export interface Attack {
  /** What the attacker hands to the reader. */
  shown(scene: Scene): Promise<Shown>;
  /** The chain that the attacker shows an auditor, and what somebody kept from before; or what an auditor of the true chain gets. */
  audited(): Promise<{ readonly chain: RegistryChain; readonly item: Shown }>;
}

/** Somebody else's digest. */
const OTHER = toHex(seeded('content of the attacker'));
const DAY_SECONDS = 86_400;
const LATER = { block: 90_000, time: Date.UTC(2026, 11, 20) / 1_000 };

export const ATTACKS: Readonly<Record<string, Attack>> = {
  'a batch dated last month': { shown: () => forged(), audited: rewritten },
  'the same, with a token asked for today': {
    shown: (scene) => forged((root) => tokenOver(root, scene.authority, TODAY)),
    audited: rewritten,
  },
  'the same, with a token of an authority of their own': {
    shown: (scene) => forged((root) => tokenOver(root, scene.ownAuthority, LAST_MONTH)),
    audited: rewritten,
  },
  'the same, with the token of an honest batch': {
    shown: (scene) => forged(() => tokenOver(scene.honest.bundle.anchor.batch.root, scene.authority, LAST_MONTH)),
    audited: rewritten,
  },
  'the same, with a second chain that recorded it today': {
    shown: () => forged((_, bundle) => chainWitness({ bundle }, { time: Date.parse(TODAY) / 1_000 })),
    audited: rewritten,
  },
  'the same, with a second chain of their own': {
    shown: () => forged((_, bundle) => chainWitness({ bundle }, { chain: secondChain('9901', 'attacker') })),
    audited: rewritten,
  },
  'the same, with its own chain as witness': {
    shown: () =>
      forged((_, { statement, anchor: { batch: _batch, ...proof } }) => ({
        kind: 'chain',
        ...statement.registry,
        ...proof,
      })),
    audited: rewritten,
  },
  'two batches for one number, both stamped that day': {
    shown: (scene) => forged((root) => tokenOver(root, scene.authority, LAST_MONTH)),
    audited: rewritten,
  },
  'a revocation taken back': { shown: unrevoked, audited: withoutRevocation },
  'an entry hidden from one reader': {
    shown: async () => makeAbsence(await makeWorld({ ...HIDDEN }), FIRST_NUMBER),
    audited: async () => ({ chain: makeRegistryChain({ counts: [3, 1] }), item: keptProof() }),
  },
  'another tree under an anchored root': {
    shown: async ({ honest }) => restated(honest.bundle),
    audited: async () => ({ chain: makeRegistryChain(), item: restated(keptProof()) }),
  },
};

/** The blocks of last month are written anew, with another batch at the height and under the number of an honest one. */
async function forged(witnessFor?: (root: string, bundle: Bundle) => Witness): Promise<Bundle> {
  const restate = ({ sm3: _, ...statement }: Statement): Statement => ({ ...statement, sha256: OTHER });
  const { bundle } = await makeWorld({ count: 1, index: 0, hasManifest: false, restate });
  if (!witnessFor) return bundle;
  return { ...bundle, mediaType: BUNDLE_MEDIA_TYPE_V2, witnesses: [witnessFor(bundle.anchor.batch.root, bundle)] };
}

/** A later state in which the number's slot is empty, which the contract would never let happen. The token is the honest one. */
async function unrevoked({ honest, authority }: Scene): Promise<Bundle> {
  const { spec } = honest;
  const { bundle } = await makeWorld({ ...spec, revocation: 0n, status: LATER });
  const token = tokenOver(bundle.anchor.batch.root, authority, LAST_MONTH);
  return { ...bundle, mediaType: BUNDLE_MEDIA_TYPE_V2, witnesses: [token] };
}

const HIDDEN: Partial<WorldSpec> = {
  isAnchored: false,
  nextNumber: FIRST_NUMBER,
  anchor: { ...LATER, anchoredAt: LATER.time - DAY_SECONDS },
};

const restated = (bundle: Bundle): Bundle => ({ ...bundle, statement: { ...bundle.statement, sha256: OTHER } });

/** A number of the honest chain's third batch, as its owner has it. */
const keptProof = (): Bundle => makeRegistryChain().bundle(FIRST + 4n);

async function rewritten() {
  return { chain: makeRegistryChain({ counts: [3, 2, 4] }), item: keptProof() };
}

async function withoutRevocation() {
  const before = makeRegistryChain({ revoked: [FIRST] });
  return { chain: makeRegistryChain(), item: { ...before.bundle(FIRST), status: await statusOf(before, FIRST) } };
}

async function statusOf({ node, head, headerRlp, trust }: RegistryChain, number: bigint): Promise<StateProof> {
  const mapping = trust.networks[0]?.registries[0]?.revocationsSlot ?? '';
  const slot = toHex0x(revocationSlot(number, fromHex(mapping)));
  const { accountProof, storageProofs } = await node.proofs([slot], BigInt(head));
  return {
    headerRlp: toHex0x(headerRlp(head) ?? new Uint8Array()),
    accountProof: accountProof.map(toHex0x),
    storageProof: (storageProofs[0] ?? []).map(toHex0x),
  };
}
