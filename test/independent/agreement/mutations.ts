// SPDX-License-Identifier: Apache-2.0
// At least twenty changes of every field of a bundle, an absence proof and a trust file; the fields of state proofs
// are changed twenty more times with every hash above them, and the seals, made to fit again.
import {
  type AbsenceProof,
  BUNDLE_MEDIA_TYPE_V2,
  type Bundle,
  canonicalBytes,
  canonicalText,
  encodeBundle,
  JsonError,
  type JsonValue,
  readJson,
  sha256,
  type TrustFile,
  toHex,
  utf8,
} from '@inkseal/verifier';
import { makeValidators, seeded, type Validator } from '../../../verifier/vectors/support/chain.ts';
import {
  FILE_CONTENT,
  FILE_SM3,
  makeAbsence,
  makeTrust,
  makeWorld,
  NOW,
  type World,
  type WorldSpec,
} from '../../../verifier/vectors/support/world.ts';
import { chainWitness, networkOf, SECOND, trustWith } from '../../../verifier/vectors/witnesses/chain-witness.ts';
import type { Question } from './checkers.ts';
import { type Field, fieldsOf } from './fields.ts';
import { makeRandom } from './random.ts';
import { relinked } from './relink.ts';

export const CHANGES_PER_FIELD = 20;
/** Tries for one that is not yet there; a field with fewer different changes than asked for is an error. */
const MAX_TRIES = 2_000;

/** The seals of a header: a change would only be signed again. */
const SEALS = /rlp\/12 rlp\/4/;

interface Subject {
  readonly question: Question;
  /** Only fields with this in their name are changed. */
  readonly only?: string;
  /** The file that is changed; the trust file where absent. */
  readonly file?: Bundle | AbsenceProof;
  readonly sealers: readonly Validator[];
}

export interface MutationCount {
  fields: number;
  fewestPerField: number;
}

/** Every field with `perField` changes of each kind; counts as it goes. */
export async function* mutationQuestions(perField: number, count: MutationCount): AsyncGenerator<Question> {
  for (const subject of await makeSubjects()) {
    const original = subject.file ? subject.question.bytes : subject.question.trust;
    if (!original) throw new RangeError('nothing to change');
    for (const field of fieldsOf(readJson(original)).filter(({ name }) => name.includes(subject.only ?? ''))) {
      const isInProof = subject.file && /headerRlp|Proof\[/.test(field.name) && !SEALS.test(field.name);
      yield* changesOf(subject, field, perField, original, (text) => text);
      if (isInProof)
        yield* changesOf(subject, field, perField, original, (text) => relinkedText(subject, text), 'relinked');
      count.fields++;
      count.fewestPerField = Math.min(count.fewestPerField, perField);
    }
  }
}

/** Files with two faults: which one is reported depends on the order of the rules. */
export async function* pairQuestions(pairs: number): AsyncGenerator<Question> {
  const subjects = (await makeSubjects()).filter(({ file }) => file !== undefined);
  for (let pair = 0; pair < pairs; pair++) {
    const random = makeRandom(pair);
    const { question, file } = random.pick(subjects);
    if (!file) continue;
    // Two defects far apart seldom meet in one check: these choose among fewer fields.
    const place = random.pick(['', 'sections', 'headerRlp', 'statement', 'batch', 'status']);
    let changed = readJson(question.bytes);
    let text = canonicalText(changed);
    for (let change = 0; change < 2; change++) {
      const fields = fieldsOf(changed);
      const near = fields.filter(({ name }) => name.includes(place));
      text = random.pick(near.length > 0 ? near : fields).change(random);
      changed = jsonOr(changed, text);
    }
    yield { ...question, name: `${question.name}: pair ${pair}`, bytes: utf8(text) };
  }
}

function jsonOr(fallback: JsonValue, text: string): JsonValue {
  try {
    return readJson(utf8(text));
  } catch (error) {
    if (error instanceof JsonError) return fallback;
    throw error;
  }
}

function* changesOf(
  { question, file }: Subject,
  field: Field,
  perField: number,
  original: Uint8Array,
  finish: (text: string) => string,
  kind = 'changed',
): Generator<Question> {
  const name = `${question.name}: ${field.name} ${kind}`;
  const random = makeRandom(new DataView(sha256(utf8(name)).buffer).getUint32(0));
  const seen = new Set([new TextDecoder().decode(original)]);
  for (let tries = 0; seen.size <= perField; tries++) {
    if (tries > MAX_TRIES) throw new RangeError(`${name}: only ${seen.size - 1} different changes`);
    const text = finish(field.change(random));
    if (seen.has(text)) continue;
    seen.add(text);
    const bytes = utf8(text);
    const numbered = `${name} ${seen.size - 1}`;
    yield file ? { ...question, name: numbered, bytes } : { ...question, name: numbered, trust: bytes };
  }
}

function relinkedText({ file, sealers }: Subject, text: string): string {
  if (!file) return text;
  try {
    const changedFile: typeof file = JSON.parse(text);
    return canonicalText(relinked(file, changedFile, sealers));
  } catch {
    return text; // not of the form that can be made whole
  }
}

async function makeSubjects(): Promise<Subject[]> {
  const validators = makeValidators('agreement', 2);
  const [sealed, plain] = await Promise.all(
    (['qbft', 'none'] as const).map((consensus) => makeWorld({ consensus, validators, ...FULL })),
  );
  if (!sealed || !plain) throw new RangeError('no world');
  const bundle = {
    ...sealed.bundle,
    witnesses: [{ kind: 'rfc3161' as const, token: Buffer.from(seeded('token')).toString('base64') }],
  };
  const files = [{ size: FILE_CONTENT.length, sha256: toHex(sha256(FILE_CONTENT)), sm3: FILE_SM3 }];
  const [sealedTrust, plainTrust] = [fullTrust(sealed), fullTrust(plain)];
  const asked = (name: string, file: Bundle | AbsenceProof, trust?: TrustFile): Question => ({
    name,
    subject: file.mediaType.includes('absence') ? 'absence' : 'bundle',
    bytes: encodeBundle(file),
    ...(trust && { trust: canonicalBytes(trust) }),
    files,
    now: NOW,
    maxStatusAgeSeconds: 10_000,
  });
  const ofFile = (name: string, file: Bundle | AbsenceProof, trust?: TrustFile): Subject => ({
    question: asked(name, file, trust),
    file,
    sealers: validators,
  });
  const ofTrust = (name: string, file: Bundle, trust: TrustFile): Subject => ({
    question: asked(name, file, trust),
    sealers: [],
  });
  return [
    ofFile('sealed bundle', bundle, sealedTrust),
    ofFile('unsealed bundle', plain.bundle, plainTrust),
    ofFile('bundle without trust file', sealed.bundle),
    ofFile('sealed absence', makeAbsence(sealed, sealed.spec.nextNumber + 5n), sealedTrust),
    ofFile('unsealed absence', makeAbsence(plain, plain.spec.nextNumber), plainTrust),
    { ...ofFile('bundle with a second chain', ...withSecondChain(sealed)), only: 'witnesses' },
    ofTrust('trust with validators', bundle, sealedTrust),
    ofTrust('trust without validators', plain.bundle, plainTrust),
  ];
}

/** A bundle of version 2, and a trust file under which one witness is required. */
function withSecondChain(world: World): [Bundle, TrustFile] {
  const [validator] = makeValidators('second', 1);
  const chain = { ...SECOND, validators: validator ? [validator] : [] };
  const witnesses = [chainWitness(world, { chain })];
  const bundle: Bundle = { ...world.bundle, mediaType: BUNDLE_MEDIA_TYPE_V2, witnesses };
  return [bundle, trustWith(world, [networkOf(chain)])];
}

const FULL: Partial<WorldSpec> = {
  sections: ['files', 'work', 'party:1'],
  count: 11,
  index: 10,
  vote: [seeded('candidate').subarray(12), Uint8Array.of(0xff)],
  round: 2,
};

/** Two networks, two registries, two validator sets: every member that a trust file may have. */
function fullTrust(world: World): TrustFile {
  const trust = makeTrust(world);
  const [network] = trust.networks;
  const [registry] = network?.registries ?? [];
  if (!network || !registry) throw new RangeError('no network');
  const retired = { ...registry, throughNumber: String(2n ** 63n) };
  const other = { ...registry, address: `0x${'1'.repeat(40)}` };
  const sets = network.validatorSets.flatMap(({ validators }) => [
    { fromBlock: '0', validators },
    { fromBlock: '1400', validators: validators.toReversed() },
  ]);
  const own = { ...network, registries: [other, retired], validatorSets: sets };
  const foreign = { ...network, chainId: '1' };
  return { ...trust, networks: [foreign, own], timestampAuthorities: ['-----BEGIN CERTIFICATE-----\nMIIB\n'] };
}
