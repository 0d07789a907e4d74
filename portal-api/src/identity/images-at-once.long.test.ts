// SPDX-License-Identifier: Apache-2.0
import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import sharp from 'sharp';
import { eventually } from '../../../test/support/eventually.ts';
import { type PortalAnswer, type PortalMember, photo } from '../../../test/support/portal.ts';
import { type PortalProcess, portalProcess } from '../../../test/support/portal-process.ts';
import type { Program } from '../../../test/support/processes.ts';
import { temporaryFolder } from '../../../test/support/temporary.ts';

const MIB = 1_048_576;
const AT_ONCE = 40;
/** Bytes in flight are bounded to 64 MiB; the rest is for copies of them and for one picture that is being decoded. */
const ALLOWED_GROWTH_MIB = 260;

describe('ID images that arrive at once', function () {
  this.timeout(90_000);
  let portal: PortalProcess;
  let program: Program;
  let members: PortalMember[];
  let picture: Buffer;
  /** Memory in use before the flood. */
  let restMib: number;

  before(async () => {
    const keyFile = path.join(temporaryFolder(), 'ledger-api-key');
    writeFileSync(keyFile, 'test-key\n', { mode: 0o600 });
    portal = await portalProcess({ LEDGER_API_KEY_FILE: keyFile });
    program = await portal.start();
    members = [];
    for (let count = 0; count < 10; count += 1) members.push(await portal.member());
    // Noise does not compress: 9.5 MiB, close to the limit.
    const [width, height] = [1_820, 1_820];
    picture = await sharp(randomBytes(width * height * 3), { raw: { width, height, channels: 3 } })
      .png()
      .toBuffer();
    expect(picture.length).to.be.within(9 * MIB, 10 * MIB);
    await expectSent(members[0], picture);
    restMib = rssMib('VmRSS');
  });
  after(() => portal.remove());

  const send = (member: PortalMember | undefined, bytes: Buffer, type = 'image/png') => {
    if (!member) throw new TypeError('no member');
    return member.sendBytes('POST', '/identity/images?side=front', bytes, { 'Content-Type': type });
  };
  const expectSent = async (member: PortalMember | undefined, bytes: Buffer, type?: string) =>
    expect((await send(member, bytes, type)).status).to.equal(201);
  const rssMib = (field: 'VmRSS' | 'VmHWM') =>
    Number(new RegExp(`${field}:\\s+(\\d+)`).exec(readFileSync(`/proc/${program.pid}/status`, 'utf8'))?.[1]) / 1_024;
  const counts = (answers: PortalAnswer[]) => Object.groupBy(answers, ({ status }) => String(status));

  it('when one member sends forty › takes the two that fit, and tells the others when to come back', async () => {
    const answers = await Promise.all(Array.from({ length: AT_ONCE }, () => send(members[0], picture)));
    const { 201: taken = [], 429: refused = [] } = counts(answers);
    expect(taken.length).to.be.at.least(1);
    expect(refused.length).to.be.at.least(1);
    expect(taken.length + refused.length).to.equal(AT_ONCE);
    for (const { headers, body } of refused) {
      expect(Number(headers.get('Retry-After'))).to.be.greaterThan(0);
      expect(body.details).to.deep.equal({ limit: 'body-bytes' });
    }
  });

  it('when ten members send forty › its memory stays bounded, and another request is answered meanwhile', async () => {
    const flood = Promise.all(Array.from({ length: AT_ONCE }, (_, index) => send(members[index % 10], picture)));
    expect((await fetch(`${portal.url}/api/v1/lookup?fileSha256=${'0'.repeat(64)}`)).status).to.equal(200);
    const { 201: taken = [], 429: overShare = [], 503: overloaded = [] } = counts(await flood);
    expect(taken.length).to.be.at.least(1);
    expect(taken.length + overShare.length + overloaded.length).to.equal(AT_ONCE);
    for (const each of overloaded) {
      expect(each.code).to.equal('overloaded');
      expect(Number(each.headers.get('Retry-After'))).to.be.greaterThan(0);
    }
    expect(rssMib('VmHWM') - restMib).to.be.lessThan(ALLOWED_GROWTH_MIB);
  });

  it('when the flood is over › takes an image at once', async () => {
    await eventually(async () => (await send(members[1], await photo(), 'image/jpeg')).status === 201);
  });
});
