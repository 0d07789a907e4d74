// From hostile bytes to a typed bundle or absence proof (docs/proof-format.md §1, §2 and §6).
import { copySource, JsonError, type JsonValue, readCanonicalJson, readJson } from '../encoding/json.ts';
import * as shape from '../encoding/shape.ts';
import { BundleFormatError } from '../errors.ts';
import { FILES_SECTION, type ListedFile, type Manifest, type Section } from '../statement/manifest.ts';
import { ENTRY_KINDS, type RegistryName, type Statement } from '../statement/statement.ts';
import {
  ABSENCE_MEDIA_TYPE,
  type AbsenceProof,
  BUNDLE_MEDIA_TYPE,
  BUNDLE_MEDIA_TYPE_V2,
  type Bundle,
  type Witness,
} from './bundle.ts';

const { address, anyJson, bytes, decimal, digest, distinct, integer, list, matching } = shape;
const { object, oneOf, positiveDecimal, text, time, word } = shape;

/** Bytes of the longest bundle, absence proof or trust file that is read. */
export const MAX_FILE_SIZE = 1_048_576;
const MAX_COUNT = 2 ** 20;
const MAX_TOKEN_SIZE = 65_536;
const MAX_TOKEN_SIZE_V2 = 16_384;

const header = bytes(16_384);
const nodes = list(bytes(1_024), { min: 1, max: 64 });
const stateProof = { headerRlp: header, accountProof: nodes, storageProof: nodes };
const count = integer({ min: 1, max: MAX_COUNT });

export const registryName: shape.Shape<RegistryName> = object({ chainId: positiveDecimal, contract: address });

const statement: shape.Shape<Statement> = object(
  {
    v: oneOf(1),
    registry: registryName,
    number: positiveDecimal,
    kind: oneOf(...ENTRY_KINDS),
    sha256: digest,
    receivedAt: time,
    notBefore: object({ block: decimal, hash: word }),
  },
  { sm3: digest },
);

const inclusion = object({
  index: integer({ min: 0, max: MAX_COUNT - 1 }),
  count,
  path: list(digest, { min: 0, max: 32 }),
});

const batch = object({ root: digest, id: positiveDecimal, firstNumber: positiveDecimal, count, anchoredAt: decimal });

// The bits that padding leaves over must be zero, so that a token has one text.
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/][AQgw]==|[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=)?$/;
const tokenOf = (maxSize: number): shape.Shape<string> => {
  const base64 = matching(BASE64, { min: 4, max: 4 * Math.ceil(maxSize / 3) }, 'canonical base64');
  return (value, at) => {
    const read = base64(value, at);
    const padding = read.endsWith('==') ? 2 : read.endsWith('=') ? 1 : 0;
    if ((read.length / 4) * 3 - padding > maxSize) throw shape.wrong(at, `at most ${maxSize} bytes`);
    return read;
  };
};
const witnesses: shape.Shape<readonly Witness[]> = list(
  object({ kind: oneOf('rfc3161'), token: tokenOf(MAX_TOKEN_SIZE) }),
  { min: 1, max: 16 },
);
const tokenV2 = object({ kind: oneOf('rfc3161', 'renewal'), token: tokenOf(MAX_TOKEN_SIZE_V2) });
const witnessV2 = shape.byKind<Witness>(
  new Map<string, shape.Shape<Witness>>([
    ['rfc3161', tokenV2],
    ['renewal', tokenV2],
    ['chain', object({ kind: oneOf('chain'), chainId: positiveDecimal, contract: address, ...stateProof })],
  ]),
);
const anyWitnessesV2 = distinct(list(witnessV2, { min: 1, max: 8 }), (witness) =>
  witness.kind === 'chain' ? `${witness.contract} on chain ${witness.chainId}` : witness.token,
);
const witnessesV2: shape.Shape<readonly Witness[]> = (value, at) => {
  const read = anyWitnessesV2(value, at);
  if (read[0]?.kind === 'renewal') throw shape.wrong(`${at}[0].kind`, 'a kind that needs no earlier witness');
  return read;
};

const SECTIONS = { min: 1, max: 64 };
const sectionName = matching(/^[a-z][a-z0-9-]{0,31}(?::[1-9][0-9]{0,3})?$/, { min: 1, max: 37 }, 'a section name');
const byName = ({ name }: { readonly name: string }): string => name;

const manifest: shape.Shape<Manifest> = object({
  v: oneOf(1),
  sections: distinct(list(object({ name: sectionName, sha256: digest }), SECTIONS), byName),
});

const listedFiles: shape.Shape<readonly ListedFile[]> = list(
  object(
    { name: text({ min: 1, max: 1_024 }), size: decimal, mediaType: text({ min: 1, max: 255 }), sha256: digest },
    { sm3: digest, uploadedAt: time },
  ),
  { min: 1, max: 1_000 },
);

const anySection = object({ name: sectionName, salt: digest, content: anyJson });
const section: shape.Shape<Section> = (value, at) => {
  const read = anySection(value, at);
  if (read.name === FILES_SECTION) listedFiles(read.content, `${at}.content`);
  copySource(value, read);
  return read;
};

const bundleOf = (mediaType: Bundle['mediaType'], itsWitnesses: shape.Shape<readonly Witness[]>): shape.Shape<Bundle> =>
  object(
    {
      mediaType: oneOf(mediaType),
      statement,
      inclusion,
      notBefore: object({ headerRlp: header }),
      anchor: object({ batch, ...stateProof }),
    },
    {
      status: object(stateProof),
      witnesses: itsWitnesses,
      manifest,
      sections: distinct(list(section, SECTIONS), byName),
      hints: object({}, { transaction: word, anchorBlockHash: word }),
    },
  );

const absence: shape.Shape<AbsenceProof> = object({
  mediaType: oneOf(ABSENCE_MEDIA_TYPE),
  registry: registryName,
  number: positiveDecimal,
  ...stateProof,
});

type Readers<T> = ReadonlyMap<string, shape.Shape<T>>;

const BUNDLES: Readers<Bundle> = new Map([
  [BUNDLE_MEDIA_TYPE, bundleOf(BUNDLE_MEDIA_TYPE, witnesses)],
  [BUNDLE_MEDIA_TYPE_V2, bundleOf(BUNDLE_MEDIA_TYPE_V2, witnessesV2)],
]);
const ABSENCES: Readers<AbsenceProof> = new Map([[ABSENCE_MEDIA_TYPE, absence]]);

/** Reads a proof bundle of either version. Throws BundleFormatError with the first defect's code. */
export function parseBundle(file: Uint8Array): Bundle {
  const read = parseFile(file, BUNDLES);
  if (read.sections) requireManifestOrder(read.sections, read.manifest);
  return read;
}

/** Reads an absence proof. Throws BundleFormatError with the first defect's code. */
export function parseAbsence(file: Uint8Array): AbsenceProof {
  return parseFile(file, ABSENCES);
}

/** The files that a bundle's section `files` lists, or undefined if it is not disclosed. */
export function listedFilesOf({ sections }: Bundle): readonly ListedFile[] | undefined {
  const files = sections?.find(({ name }) => name === FILES_SECTION);
  return files && listedFiles(files.content, FILES_SECTION);
}

/** The media type that a file names, to choose its reader by; undefined if it cannot be told. Throws nothing. */
export function mediaTypeOf(file: Uint8Array): string | undefined {
  if (file.length > MAX_FILE_SIZE) return undefined;
  try {
    return memberMediaType(readJson(file));
  } catch (error) {
    if (error instanceof JsonError) return undefined;
    throw error;
  }
}

/** Reads a file by the reader of its media type. Throws BundleFormatError with the first defect's code. */
export function parseFile<T>(file: Uint8Array, readers: Readers<T>): T {
  if (file.length > MAX_FILE_SIZE) throw new BundleFormatError('too-large', `${file.length} bytes`);
  try {
    const value = readCanonicalJson(file);
    const read = readers.get(memberMediaType(value) ?? '');
    if (!read) throw new BundleFormatError('unknown-media-type', `not ${[...readers.keys()].join(' or ')}`);
    return read(value, '$');
  } catch (error) {
    if (error instanceof JsonError) throw new BundleFormatError(error.defect, error.message);
    if (error instanceof shape.ShapeError) throw new BundleFormatError('malformed', error.message);
    throw error;
  }
}

function memberMediaType(value: JsonValue): string | undefined {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return undefined;
  return Object.hasOwn(value, 'mediaType') && typeof value.mediaType === 'string' ? value.mediaType : undefined;
}

// A disclosed section that the manifest does not list is for the check of sections, not for the reader.
function requireManifestOrder(sections: readonly Section[], manifest: Manifest | undefined): void {
  if (!manifest) throw new BundleFormatError('malformed', 'sections without their manifest');
  const places = new Map(manifest.sections.map(({ name }, place) => [name, place]));
  const found = sections.flatMap(({ name }) => places.get(name) ?? []);
  if (found.some((place, at) => place < (found[at - 1] ?? 0))) {
    throw new BundleFormatError('malformed', "sections out of the manifest's order");
  }
}
