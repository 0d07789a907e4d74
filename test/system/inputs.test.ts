// SPDX-License-Identifier: Apache-2.0
// Inputs that once got a wrong answer, given to the verifier's command and to a portal as people would.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { run } from '../../verifier/vectors/support/command.ts';
import { type PortalMember, startPortal, type TestPortal, uploadFile } from '../support/portal.ts';

const input = (name: string) => fileURLToPath(new URL(`inputs/${name}`, import.meta.url));

describe('inputs that once got a wrong answer', function () {
  this.timeout(60_000);

  const CONTAINERS = [
    ['mac-min.zip', 'trust.json', ['consistent']],
    ['lead.pdf', 'trust.json', ['consistent']],
    ['foreign-certificate.zip', 'trust-qbft.json', ['not-verified']],
  ] as const;
  for (const [name, trust, verdicts] of CONTAINERS)
    it(`inkseal-verify › when given ${name} › answers ${verdicts.join(' or ')}`, async () => {
      const { out } = await run([input(name), '--trust', input(trust), '--json']);
      expect(JSON.parse(out).verdict).to.be.oneOf([...verdicts]);
    });

  describe('a portal', () => {
    let portal: TestPortal;
    let member: PortalMember;
    before(async () => {
      portal = await startPortal();
      member = await portal.member({ verified: true });
    });
    after(() => portal.stop());

    for (const name of ['anim-apng.png', 'brand_M4V.mp4', 'brand_3gp4.mp4'])
      it(`when given ${name} › takes it as a work file${name.endsWith('png') ? ' and picture' : ''}`, async () => {
        const uploadId = await uploadFile(member, name, readFileSync(input(name)));
        expect((await member.get(`/upload-status/${uploadId}`)).body.problems).to.deep.equal([]);
        const pictures = name.endsWith('png')
          ? { cover: uploadId, display: [{ uploadId }] }
          : { cover: null, display: [] };
        const form = { title: '鹤', intro: '', tags: [], files: [{ uploadId }], ...pictures, state: 'DRAFT' };
        expect((await member.post('/works', form)).status).to.equal(201);
      });
  });
});
