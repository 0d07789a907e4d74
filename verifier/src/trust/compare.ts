// Several trust files side by side: what each organisation says of the same networks, and where they differ. What a file calls
// itself, and whom it names as a validator's organisation, decides nothing and is not compared.
import { toHex } from '../encoding/bytes.ts';
import { sha256 } from '../hash.ts';
import { certificateOfPem } from '../timestamp/pem.ts';
import type { ReceiptKey, TrustedNetwork, TrustedRegistry, TrustFile } from './trust-file.ts';

/** One statement that not all files make in the same way. */
export interface TrustDifference {
  /** What it is about, such as `network 4208, registry 0x…, codeHash`. */
  readonly place: string;
  /** What each file says, in their order; null where one says nothing of it. */
  readonly values: readonly (string | null)[];
}

/** What two or more trust files say differently, ordered by place; none when they agree in all that decides. */
export function compareTrust(files: readonly TrustFile[]): TrustDifference[] {
  const read = files.map((file) => new Map(statementsOf(file)));
  const places = new Set(read.flatMap((statements) => [...statements.keys()]));
  return [...places]
    .toSorted()
    .map((place) => ({ place, values: read.map((statements) => statements.get(place) ?? null) }))
    .filter(({ values }) => new Set(values).size > 1);
}

type Statement = [place: string, value: string];

function statementsOf(file: TrustFile): Statement[] {
  return [
    ...file.networks.flatMap(ofNetwork),
    ...file.timestampAuthorities.map(
      (pem): Statement => [`time-stamping authority, SHA-256 ${fingerprintOf(pem)}`, 'named'],
    ),
    ...(file.documentSigners ?? []).map(
      (pem): Statement => [`document signer, SHA-256 ${fingerprintOf(pem)}`, 'named'],
    ),
    ...(file.receiptKeys ?? []).map(ofReceiptKey),
    ['witnesses required', String(file.requiredWitnesses ?? 0)],
  ];
}

function ofNetwork({ chainId, consensus, registries, validatorSets }: TrustedNetwork): Statement[] {
  const at = `network ${chainId}`;
  return [
    [`${at}, consensus`, consensus],
    ...registries.flatMap((registry) => ofRegistry(at, registry)),
    ...validatorSets.map(({ fromBlock, validators }): Statement => {
      const addresses = validators.map(({ address }) => address).toSorted();
      return [`${at}, validators from block ${fromBlock}`, addresses.join(' ')];
    }),
  ];
}

function ofRegistry(at: string, { address, ...members }: TrustedRegistry): Statement[] {
  return Object.entries(members).map(([name, value]) => [`${at}, registry ${address}, ${name}`, value]);
}

function ofReceiptKey({ key, from, until }: ReceiptKey): Statement {
  return [`receipt key ${key}`, until === undefined ? `from ${from}` : `from ${from} until ${until}`];
}

/** As `openssl x509 -fingerprint -sha256` prints it, without colons; version 1 does not look into what it lists. */
function fingerprintOf(pem: string): string {
  const der = certificateOfPem(pem);
  return der ? toHex(sha256(der.raw)) : 'unreadable';
}
