// Who signed a trust file: keys and signatures made by OpenSSL (through Node), not by the library that checks them.
import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { expect } from 'chai';
import { utf8 } from '../encoding/bytes.ts';
import { parseTrustKey, type Signing, signingOf } from './index.ts';

const FILE = utf8('{"name":"a trust file"}');
/** The order of the group (RFC 8032 §5.1), little-endian. */
const ORDER = Buffer.from('edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010', 'hex');

function signer() {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const pem = utf8(publicKey.export({ type: 'spki', format: 'pem' }).toString());
  const key = parseTrustKey(pem);
  if (!key) throw new RangeError('the key cannot be read');
  return { key, pem, publicKey, privateKey, signature: new Uint8Array(sign(null, FILE, privateKey)) };
}

describe('signingOf', () => {
  const court = signer();
  const library = signer();
  const standing = (signatures: Uint8Array[], keys = [court.key], file = FILE): Signing['standing'] =>
    signingOf(file, { signatures, keys }).standing;

  it('when one of several keys made one of several signatures › names the key and the signature', () => {
    const signing = signingOf(FILE, {
      signatures: [new Uint8Array(64), court.signature],
      keys: [library.key, court.key],
    });
    expect(signing).to.deep.equal({ standing: 'good', key: court.key, signature: court.signature });
  });

  it('when there is no signature, or no key › says which', () => {
    expect(standing([])).to.equal('none');
    expect(standing([], [])).to.equal('none');
    expect(standing([court.signature], [])).to.equal('unchecked');
  });

  const bad: Record<string, () => Signing['standing']> = {
    'the file was changed': () => standing([court.signature], [court.key], utf8('{"name":"a trust file" }')),
    'another key signed it': () => standing([library.signature]),
    'the signature is empty': () => standing([new Uint8Array()]),
    'the signature is cut short': () => standing([court.signature.subarray(0, 63)]),
    'the signature has a byte more': () => standing([Uint8Array.of(...court.signature, 0)]),
    'any bit of it was changed': () => standing([...'01234567'].map((_, bit) => flipped(court.signature, bit * 61))),
    'the scalar is not the one form of it': () => standing([withOrderAdded(court.signature)]),
    // Of such a key anybody can make signatures of anything.
    'the key is a point of small order': () =>
      standing(
        [Uint8Array.of(1, ...new Uint8Array(63))],
        [{ bytes: Uint8Array.of(1, ...new Uint8Array(31)), fingerprint: '' }],
      ),
  };
  for (const [condition, judged] of Object.entries(bad)) {
    it(`when ${condition} › is bad`, () => {
      expect(judged()).to.equal('bad');
    });
  }
});

describe('parseTrustKey', () => {
  const { key, pem, publicKey, privateKey } = signer();
  const text = Buffer.from(pem).toString();

  it('when it is an Ed25519 public key › reads its bytes and the digest of its DER', () => {
    const der = publicKey.export({ type: 'spki', format: 'der' });
    expect(Buffer.from(key.bytes).toString('base64url')).to.equal(publicKey.export({ format: 'jwk' }).x);
    expect(key.fingerprint).to.equal(createHash('sha256').update(der).digest('hex'));
    expect(parseTrustKey(utf8(text.replaceAll('\n', '\r\n')))).to.deep.equal(key);
  });

  const other = (pair: { publicKey: { export(options: object): string | Buffer } }) =>
    String(pair.publicKey.export({ type: 'spki', format: 'pem' }));
  const refused: Record<string, string> = {
    'a private key': String(privateKey.export({ type: 'pkcs8', format: 'pem' })),
    'a key of RSA': other(generateKeyPairSync('rsa', { modulusLength: 2048 })),
    'a key of X25519': other(generateKeyPairSync('x25519')),
    'two keys': text + text,
    'a key with a byte more': text.replace(/\n([^-]+)\n/, (_, body) => `\n${longer(body)}\n`),
    'no base64': text.replace('MCow', '!!!!'),
    nothing: '',
  };
  for (const [what, file] of Object.entries(refused)) {
    it(`when it is ${what} › reads none`, () => {
      expect(parseTrustKey(utf8(file))).to.equal(undefined);
    });
  }
});

function flipped(bytes: Uint8Array, bit: number): Uint8Array {
  const changed = Uint8Array.from(bytes);
  changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  return changed;
}

function withOrderAdded(signature: Uint8Array): Uint8Array {
  const changed = Uint8Array.from(signature);
  let carry = 0;
  for (const [place, byte] of ORDER.entries()) {
    const sum = (changed[32 + place] ?? 0) + byte + carry;
    changed[32 + place] = sum & 0xff;
    carry = sum >> 8;
  }
  return changed;
}

function longer(base64: string): string {
  return Buffer.concat([Buffer.from(base64, 'base64'), Buffer.from([0])]).toString('base64');
}
