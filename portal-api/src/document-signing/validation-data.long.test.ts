// SPDX-License-Identifier: Apache-2.0
// What an authority says of the signer's certificate, asked of OpenSSL's own responder and list.
import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import {
  type Behaviour,
  type Named,
  type RevokingAuthority,
  startRevokingAuthority,
} from '../../../test/support/revoking-authority.ts';
import { temporaryFolder } from '../../../test/support/temporary.ts';
import type { ValidationData } from './document-signer.ts';
import { openValidationData } from './validation-data.ts';

const MINUTE_MS = 60_000;

describe('openValidationData', function () {
  this.timeout(60_000);
  let authority: RevokingAuthority;
  before(async () => {
    authority = await startRevokingAuthority();
  });
  beforeEach(() => {
    authority.behaviour = 'good';
  });
  after(() => authority?.stop());

  let names = 0;
  const issued = async (named: Named) => {
    names += 1;
    const name = `signer ${names}`.replace(' ', '-');
    const { certificate } = await authority.issue(name, named);
    const failures: unknown[] = [];
    const clock = { ms: Date.now() };
    const signer = [certificate, undefined].map((file) => der(file ? readFileSync(file, 'utf8') : authority.root));
    const find = openValidationData({ signer, onFailure: (error) => failures.push(error), now: () => clock.ms });
    return { name, certificate, signer, find, failures, clock };
  };

  for (const named of ['responder', 'list', 'both'] as const)
    it(`when the certificate names ${named} › has an answer that OpenSSL accepts`, async () => {
      const { find, certificate, signer } = await issued(named);
      const data = await find();
      const kind = named === 'list' ? 'crls' : 'ocsps';
      expect(data?.[kind]).to.have.length(1);
      expect(data?.ocsps.length).to.equal(named === 'list' ? 0 : 1);
      expect(data?.certificates.map(Buffer.from)).to.deep.equal(signer);
      expect(acceptedByOpenSsl(data, { certificate, root: authority.root })).to.match(/: (good|OK)/);
    });

  it('when the certificate names nobody › has none, and asks nobody', async () => {
    const { find, failures } = await issued('neither');
    const before = authority.asked();
    expect(await find()).to.equal(undefined);
    expect([authority.asked() - before, failures]).to.deep.equal([0, []]);
  });

  it('when there is no signer › has none', async () => {
    expect(await openValidationData({ signer: [], onFailure: () => {} })()).to.equal(undefined);
  });

  it('when the issuer is not known › has none', async () => {
    const { signer } = await issued('both');
    expect(await openValidationData({ signer: signer.slice(0, 1), onFailure: () => {} })()).to.equal(undefined);
  });

  it('when the answers still hold › asks only once an hour', async () => {
    const { find, clock } = await issued('responder');
    const before = authority.asked();
    const first = await find();
    clock.ms += 59 * MINUTE_MS;
    expect(await find()).to.equal(first);
    expect(authority.asked() - before).to.equal(1);
    clock.ms += 2 * MINUTE_MS;
    expect((await find())?.ocsps).to.have.length(1);
    expect(authority.asked() - before).to.equal(2);
  });

  for (const named of ['responder', 'list'] as const) {
    it(`when the certificate was revoked, by ${named} › refuses, again and again`, async () => {
      const { find, name } = await issued(named);
      await authority.revoke(name);
      for (let turn = 0; turn < 2; turn += 1)
        expect(await find().catch((error: unknown) => error)).to.have.property('name', 'signer-revoked');
    });

    const behaviours: Behaviour[] = ['failing', 'garbage', 'refusing', 'endless', 'old', 'forged', 'stranger'];
    const own: Behaviour[] = named === 'list' ? ['delta'] : ['ignorant', 'several'];
    for (const behaviour of [...behaviours, ...own])
      it(`when ${named} is ${behaviour} › has none, says so, and asks again after five minutes`, async () => {
        const { find, failures, clock } = await issued(named);
        authority.behaviour = behaviour;
        expect(await find()).to.equal(undefined);
        expect(failures).to.have.length(1);
        authority.behaviour = 'good';
        clock.ms += 4 * MINUTE_MS;
        expect(await find()).to.equal(undefined);
        clock.ms += 2 * MINUTE_MS;
        expect(await find()).to.not.equal(undefined);
      });
  }

  for (const named of ['responder', 'list'] as const) {
    it(`when the answer of ${named} holds for ten minutes › asks again after that`, async () => {
      const { find, clock } = await issued(named);
      authority.behaviour = 'brief';
      const before = authority.asked();
      await find();
      clock.ms += 9 * MINUTE_MS;
      expect(await find()).to.not.equal(undefined);
      expect(authority.asked() - before).to.equal(1);
      authority.behaviour = 'good';
      clock.ms += 2 * MINUTE_MS;
      expect(await find()).to.not.equal(undefined);
      expect(authority.asked() - before).to.equal(2);
    });

    it(`when the answer of ${named} comes from the future › has none, beyond what clocks differ`, async () => {
      const { find, clock, failures } = await issued(named);
      clock.ms -= 6 * MINUTE_MS;
      expect(await find()).to.equal(undefined);
      expect(failures).to.have.length(1);
      const second = await issued(named);
      second.clock.ms -= 4 * MINUTE_MS;
      expect(await second.find()).to.not.equal(undefined);
    });
  }

  it('when the list is too long for a signature › has none, and says nothing', async () => {
    const { find, failures } = await issued('list');
    authority.behaviour = 'long';
    expect(await find()).to.equal(undefined);
    expect(failures).to.deep.equal([]);
  });

  it('when the responder is down and there is a list › takes that', async () => {
    const { find, failures } = await issued('both');
    authority.behaviour = 'list-only';
    const data = await find();
    expect([data?.ocsps.length, data?.crls.length, failures]).to.deep.equal([0, 1, []]);
  });

  it('when the answer is about another certificate › has none', async () => {
    const other = await issued('responder');
    expect(await other.find()).to.not.equal(undefined);
    const { find, failures } = await issued('responder');
    authority.behaviour = 'replayed';
    expect(await find()).to.equal(undefined);
    expect(String(failures[0])).to.include('another certificate');
  });
});

const der = (pem: string): Buffer => new X509Certificate(pem).raw;

function acceptedByOpenSsl(
  data: ValidationData | undefined,
  { certificate, root }: Record<'certificate' | 'root', string>,
) {
  const folder = temporaryFolder();
  const files = Object.fromEntries(['answer', 'root'].map((name) => [name, path.join(folder, name)]));
  const { answer = '', root: rootFile = '' } = files;
  writeFileSync(rootFile, root);
  const [ocsp] = data?.ocsps ?? [];
  writeFileSync(answer, ocsp ?? data?.crls[0] ?? '');
  const openssl = (...args: string[]) => execFileSync('openssl', args, { encoding: 'utf8', stdio: 'pipe' });
  if (ocsp)
    return openssl(
      ...['ocsp', '-respin', answer, '-CAfile', rootFile, '-issuer', rootFile, '-cert', certificate, '-no_nonce'],
    );
  const list = path.join(folder, 'list.pem');
  openssl('crl', '-inform', 'DER', '-in', answer, '-out', list);
  return openssl('verify', '-crl_check', '-CRLfile', list, '-CAfile', rootFile, certificate);
}
