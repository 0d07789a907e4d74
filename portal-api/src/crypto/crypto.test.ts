// SPDX-License-Identifier: Apache-2.0
import { chmodSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { temporaryFolder } from '../../../test/support/temporary.ts';
import { DomainError, StartError } from '../errors.ts';
import { readOrMakeKeyFile, replaceKeyFile, watchKeyFile } from './key-file.ts';
import { maskEmail, maskIdNumber, maskName, maskOrganisation, maskPhone } from './masking.ts';
import { createVault, LONGEST_HEAD_BYTES } from './vault.ts';

const keys = { v: 1 as const, active: 'k-1', keys: { 'k-1': Buffer.alloc(32, 1) }, index: Buffer.alloc(32, 9) };
const vault = createVault(keys);

describe('watchKeyFile', () => {
  it('when the file is replaced › answers the keys of now, and while it is gone those that it knows', () => {
    const file = path.join(temporaryFolder(), 'keys.json');
    const now = watchKeyFile(file);
    const { active } = now();
    replaceKeyFile(file, { ...now(), active: 'k-2', keys: { ...now().keys, 'k-2': Buffer.alloc(32, 2) } });
    expect(now().active).to.equal('k-2');
    expect(Object.keys(now().keys)).to.have.members([active, 'k-2']);
    expect(statSync(file).mode & 0o777).to.equal(0o600);
    rmSync(file);
    expect(now().active).to.equal('k-2');
    expect(existsSync(file)).to.equal(false);
  });
});

describe('vault', () => {
  it('decrypts what it encrypted, empty and large', () => {
    for (const text of ['', '张三', 'x'.repeat(100_000)]) {
      expect(vault.decryptText(vault.encrypt(text, 'a:1'), 'a:1')).to.equal(text);
    }
  });

  it('names its key in the ciphertext, and encrypts the same text differently each time', () => {
    const [first, second] = [vault.encrypt('张三', 'a:1'), vault.encrypt('张三', 'a:1')];
    expect(first.includes('k-1')).to.equal(true);
    expect(first.equals(second)).to.equal(false);
    expect(first.includes('张三')).to.equal(false);
  });

  it('never uses a nonce twice, of a master key or of a key that it wraps', () => {
    const [afterKeyId, wrapped] = [2 + keys.active.length, 12 + 16 + 32];
    const ciphertexts = Array.from({ length: 500 }, () => vault.encrypt('张三', 'a:1'));
    const nonces = [
      ...Array.from({ length: 500 }, () => vault.makeKey('upload:1').wrappedKey.subarray(0, 12)),
      ...ciphertexts.map((ciphertext) => ciphertext.subarray(afterKeyId, afterKeyId + 12)),
      ...ciphertexts.map((ciphertext) => ciphertext.subarray(afterKeyId + wrapped, afterKeyId + wrapped + 12)),
    ];
    expect(new Set(nonces.map((nonce) => nonce.toString('hex'))).size).to.equal(1_500);
  });

  it('refuses another context, and every changed bit', () => {
    const ciphertext = vault.encrypt('张三', 'account:1:phone');
    expect(() => vault.decrypt(ciphertext, 'account:2:phone')).to.throw(DomainError, 'ciphertext-unreadable');
    for (let place = 0; place < ciphertext.length; place += 1) {
      const changed = Buffer.from(ciphertext);
      changed.writeUInt8(changed.readUInt8(place) ^ 1, place);
      expect(() => vault.decrypt(changed, 'account:1:phone'), `byte ${place}`).to.throw(DomainError);
    }
  });

  it('refuses every truncation', () => {
    const ciphertext = vault.encrypt('张三', 'a:1');
    for (let length = 0; length < ciphertext.length; length += 1) {
      expect(() => vault.decrypt(ciphertext.subarray(0, length), 'a:1'), `${length} bytes`).to.throw(DomainError);
    }
  });

  it('after a rotation › decrypts old values, encrypts with the new key, finds by the same index', () => {
    const rotated = createVault({ ...keys, active: 'k-2', keys: { ...keys.keys, 'k-2': Buffer.alloc(32, 2) } });
    expect(rotated.decryptText(vault.encrypt('old', 'a:1'), 'a:1')).to.equal('old');
    expect(() => vault.decrypt(rotated.encrypt('new', 'a:1'), 'a:1')).to.throw(DomainError, 'unknown-master-key');
    expect(rotated.blindIndex('phone', '13900000001')).to.deep.equal(vault.blindIndex('phone', '13900000001'));
  });

  it('when a key is wrapped again › opens without the old master key, in the same context alone', () => {
    const second = { 'k-02': Buffer.alloc(32, 2) };
    const [both, rotated] = [{ ...keys.keys, ...second }, second].map((all) =>
      createVault({ ...keys, active: 'k-02', keys: all }),
    );
    const old = vault.encrypt('张三', 'a:1');
    const { head, newHead } = both?.rewrap(old.subarray(0, LONGEST_HEAD_BYTES), 'a:1') ?? {};
    const wrapped = Buffer.concat([newHead ?? old, old.subarray(head?.length)]);
    expect(rotated?.decryptText(wrapped, 'a:1')).to.equal('张三');
    expect(() => rotated?.decrypt(wrapped, 'a:2')).to.throw(DomainError, 'ciphertext-unreadable');
    expect(() => both?.rewrap(old, 'a:2')).to.throw(DomainError, 'ciphertext-unreadable');
    const { key, ...file } = vault.makeKey('f:1');
    expect(rotated?.unwrapKey(both?.rewrapKey(file, 'f:1') ?? file, 'f:1')).to.deep.equal(key);
  });

  it('keeps blind indexes of two kinds apart', () => {
    expect(vault.blindIndex('phone', '1')).to.not.deep.equal(vault.blindIndex('id-number', '1'));
  });

  it('wraps a key for its context only', () => {
    const { key, ...wrapped } = vault.makeKey('upload:1');
    expect(vault.unwrapKey(wrapped, 'upload:1')).to.deep.equal(key);
    expect(() => vault.unwrapKey(wrapped, 'upload:2')).to.throw(DomainError);
  });
});

describe('readOrMakeKeyFile', () => {
  it('when there is none › makes one of mode 0600, and reads the same again', () => {
    const file = path.join(temporaryFolder(), 'keys', 'key.json');
    const made = readOrMakeKeyFile(file);
    expect(statSync(file).mode & 0o777).to.equal(0o600);
    expect(readOrMakeKeyFile(file)).to.deep.equal(made);
    expect(readdirSync(path.dirname(file))).to.deep.equal(['key.json']);
  });

  it('when others may read it › refuses', () => {
    const file = path.join(temporaryFolder(), 'key.json');
    readOrMakeKeyFile(file);
    chmodSync(file, 0o640);
    expect(codeOf(() => readOrMakeKeyFile(file))).to.equal('key-file-unusable');
  });

  it('when it is damaged › refuses, leaves it alone, and does not repeat it', () => {
    const file = path.join(temporaryFolder(), 'key.json');
    for (const text of ['', '{}', '{"v":1,"active":"k-1","keys":{},"index":"AAAA"}', 'SECRET']) {
      writeFileSync(file, text, { mode: 0o600 });
      expect(codeOf(() => readOrMakeKeyFile(file))).to.equal('key-file-unusable');
      expect(existsSync(file) && readFileSync(file, 'utf8')).to.equal(text);
      expect(() => readOrMakeKeyFile(file)).to.not.throw(StartError, 'SECRET');
    }
  });
});

describe('masking', () => {
  it('shows the first three and the last four of an ID number', () => {
    expect(maskIdNumber('370102199003072417')).to.equal('370***********2417');
    expect(maskIdNumber('1234567')).to.equal('*******');
  });
  it('shows the first character of a name', () => {
    expect(maskName('张三')).to.equal('张*');
    expect(maskName('欧阳小明')).to.equal('欧***');
    expect(maskName('𠮷野')).to.equal('𠮷*');
    expect(maskName('张')).to.equal('*');
  });
  it('shows head and tail of an organisation', () => {
    expect(maskOrganisation('青岛青釉文化有限公司')).to.equal('青岛******公司');
    expect(maskOrganisation('青釉陶坊')).to.equal('青***');
  });
  it('shows head and tail of a telephone', () => expect(maskPhone('13900006383')).to.equal('139****6383'));
  it('shows the first letter and the host of an address', () => {
    expect(maskEmail('someone@example.org')).to.equal('s***@example.org');
    expect(maskEmail('@x')).to.equal('***');
  });
});

function codeOf(work: () => unknown): string | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    return error instanceof StartError ? error.code : 'other';
  }
}
