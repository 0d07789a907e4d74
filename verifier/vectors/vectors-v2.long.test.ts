import { expect } from 'chai';
import { acceptedOf, changesOf, tokenOf } from './witnesses/changes.ts';

describe('a token with any of its bytes changed', () => {
  for (const name of ['good/openssl-rsa', 'good/openssl-ecdsa', 'good/root-beyond']) {
    it(`${name} › is never accepted`, async () => {
      expect(await acceptedOf(name, changesOf(tokenOf(name)))).to.deep.equal([]);
    }).timeout(1_200_000);
  }
});
