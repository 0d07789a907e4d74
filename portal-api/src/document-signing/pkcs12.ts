// SPDX-License-Identifier: Apache-2.0
// PKCS #12 files (RFC 7292): a private key and certificates under a password.
import * as pkijs from 'pkijs';

const engine = new pkijs.CryptoEngine({ name: 'node', crypto: globalThis.crypto });
const KEY_BAG = '1.2.840.113549.1.12.10.1.1';
const SHROUDED_KEY_BAG = '1.2.840.113549.1.12.10.1.2';
const CERTIFICATE_BAG = '1.2.840.113549.1.12.10.1.3';
const CIPHER = { contentEncryptionAlgorithm: { name: 'AES-CBC', length: 256 }, hmacHashAlgorithm: 'SHA-256' };
/** As OpenSSL takes. The mode of the file protects it: one that we make has no password. */
const ITERATIONS = 2_048;

export interface KeyAndCertificates {
  /** PKCS #8. */
  key: Uint8Array;
  /** DER, in the order of the file. */
  certificates: Uint8Array[];
}

/** Throws for a file of another form, another password, and a file without exactly one key. */
export async function readPkcs12(file: Uint8Array, password: string): Promise<KeyAndCertificates> {
  const pfx = pkijs.PFX.fromBER(file.slice());
  const secret = { password: utf8(password) };
  await pfx.parseInternalValues({ ...secret, checkIntegrity: true }, engine);
  // The types of pkijs leave open what its reader has filled in.
  const safe: pkijs.AuthenticatedSafe = pfx.parsedValue?.authenticatedSafe ?? new pkijs.AuthenticatedSafe();
  await safe.parseInternalValues({ safeContents: safe.safeContents.map(() => secret) }, engine);
  const bags: pkijs.SafeBag[] = safe.parsedValue.safeContents.flatMap(
    ({ value }: { value: pkijs.SafeContents }) => value.safeBags,
  );
  const keys: Uint8Array[] = [];
  for (const { bagId, bagValue } of bags) {
    if (bagId === SHROUDED_KEY_BAG && bagValue instanceof pkijs.PKCS8ShroudedKeyBag) {
      await parseKey(bagValue, secret);
      keys.push(derOf(bagValue.parsedValue));
    }
    if (bagId === KEY_BAG) keys.push(derOf(bagValue));
  }
  const [key, ...more] = keys;
  if (!key || more.length > 0) throw new RangeError('not exactly one private key');
  const certificates = bags.flatMap(({ bagId, bagValue }) =>
    bagId === CERTIFICATE_BAG && bagValue instanceof pkijs.CertBag ? [derOf(bagValue.parsedValue)] : [],
  );
  return { key, certificates };
}

export async function writePkcs12({ key, certificates }: KeyAndCertificates, password: string): Promise<Buffer> {
  const secret = { password: utf8(password), iterationCount: ITERATIONS, ...CIPHER };
  const keyBag = new pkijs.PKCS8ShroudedKeyBag({ parsedValue: pkijs.PrivateKeyInfo.fromBER(key.slice()) });
  await keyBag.makeInternalValues(secret, engine);
  const safeBags = [
    new pkijs.SafeBag({ bagId: SHROUDED_KEY_BAG, bagValue: keyBag }),
    ...certificates.map(
      (der) =>
        new pkijs.SafeBag({
          bagId: CERTIFICATE_BAG,
          bagValue: new pkijs.CertBag({ parsedValue: pkijs.Certificate.fromBER(der.slice()) }),
        }),
    ),
  ];
  const safe = new pkijs.AuthenticatedSafe({
    parsedValue: { safeContents: [{ privacyMode: 0, value: new pkijs.SafeContents({ safeBags }) }] },
  });
  await safe.makeInternalValues({ safeContents: [{}] }, engine);
  const pfx = new pkijs.PFX({ parsedValue: { integrityMode: 0, authenticatedSafe: safe } });
  const mac = { iterations: ITERATIONS, pbkdf2HashAlgorithm: 'SHA-256', hmacHashAlgorithm: 'SHA-256' };
  await pfx.makeInternalValues({ password: utf8(password), ...mac }, engine);
  return Buffer.from(pfx.toSchema().toBER());
}

const parseKey = (bag: pkijs.PKCS8ShroudedKeyBag, secret: { password: ArrayBuffer }): Promise<void> =>
  (bag as unknown as { parseInternalValues(p: object, e: object): Promise<void> }).parseInternalValues(secret, engine);

const utf8 = (text: string): ArrayBuffer => Uint8Array.from(Buffer.from(text, 'utf8')).buffer;

const derOf = (value: { toSchema(encodeFlag?: boolean): { toBER(): ArrayBuffer } } | undefined): Uint8Array => {
  if (!value) throw new RangeError('a bag without content');
  return new Uint8Array(value.toSchema().toBER());
};
