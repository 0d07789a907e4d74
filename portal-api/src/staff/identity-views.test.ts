// SPDX-License-Identifier: Apache-2.0
// A look at a real name: only with a reason, for minutes, by its viewer alone, with the viewer drawn into each picture, and in
// the audit log before anything is seen.
import { expect } from 'chai';
import sharp from 'sharp';
import { expectStatus, photo, startPortal, type TestPortal } from '../../../test/support/portal.ts';
import { accountIdOf, type StaffMember, staffMember } from '../../../test/support/staff.ts';
import { createIdentityViews } from '../identity/index.ts';

const reason = '核对证件与登记内容';

describe('views of real names', function () {
  this.timeout(60_000);
  let portal: TestPortal;
  let security: StaffMember;
  let id: string;
  before(async () => {
    portal = await startPortal();
    security = await staffMember(portal, 'security-admin');
    id = await accountIdOf(portal, await portal.member({ verified: true }));
  });
  after(() => portal.stop());
  /** Of the audit log, when each test begins. */
  let newestRow: unknown;
  beforeEach(async () => {
    const [row] = await portal.db.query('SELECT coalesce(max(seq), 0)::text AS seq FROM audit');
    newestRow = row?.seq;
  });

  const open = async (viewer = security) =>
    (await expectStatus(201, viewer.post(`/staff/accounts/${id}/identity-views`, { reason }))).body;
  const picture = (token: string, { viewer = security, account = id, side = 'front' } = {}) =>
    viewer.get(`/staff/accounts/${account}/identity-pictures/${side}?view=${encodeURIComponent(token)}`);
  const looks = () =>
    portal.db.query(
      `SELECT actor, action, detail FROM audit WHERE action LIKE 'identity.look%' AND seq > $1 ORDER BY seq`,
      [newestRow],
    );

  it('when no reason is given › nothing is shown, and nothing is recorded as seen', async () => {
    const answer = await security.post(`/staff/accounts/${id}/identity-views`, {});
    expect(answer.fields).to.deep.equal(['reason: missing']);
    expect(await looks()).to.deep.equal([]);
  });

  it('when a reason is given › shows the fields in clear and both pictures, never to be stored, and the log has each look', async () => {
    const answer = await expectStatus(201, security.post(`/staff/accounts/${id}/identity-views`, { reason }));
    expect(answer.headers.get('cache-control')).to.equal('no-store');
    expect(answer.body).to.include({ name: '测试员', address: '山东省济南市历下区测试路1号' });
    expect(answer.body.sides).to.deep.equal(['front', 'back']);
    const minutes = (Date.parse(answer.body.expiresAt) - Date.now()) / 60_000;
    expect(minutes).to.be.within(4.5, 5);
    for (const side of ['front', 'back']) {
      const shown = await expectStatus(200, picture(answer.body.token, { side }));
      expect(shown.headers.get('cache-control')).to.equal('no-store');
      expect(shown.headers.get('content-type')).to.equal('image/jpeg');
    }
    const by = { actor: `account:${security.id}` };
    expect(await looks()).to.deep.equal([
      { ...by, action: 'identity.look', detail: JSON.stringify({ reason }) },
      { ...by, action: 'identity.look-at-picture', detail: '{"side":"front"}' },
      { ...by, action: 'identity.look-at-picture', detail: '{"side":"back"}' },
    ]);
  });

  it('when two viewers look › their own numbers are drawn over every part of the picture', async () => {
    const other = await staffMember(portal, 'security-admin');
    const plain = await pixels(await photo());
    const [one, two] = await Promise.all(
      [security, other].map(async (viewer) => pixels((await picture((await open(viewer)).token, { viewer })).bytes)),
    );
    // A grid of 3 by 3: no part can be cut out without a mark.
    for (let part = 0; part < 9; part += 1) expect(difference(plain, one, part), `part ${part}`).to.be.above(0.02);
    expect(difference(one, two)).to.be.above(0.000_5);
  });

  it('when the token is another viewer’s, another account’s, changed or too old › shows nothing', async () => {
    const { token } = await open();
    const other = await staffMember(portal, 'security-admin');
    const [until = '', mac = ''] = token.split('.');
    const wrong = [
      picture(token, { viewer: other }),
      picture(token, { account: security.id }),
      picture(`${Number(until) + 60_000}.${mac}`),
      picture(`${until}.`),
      picture('x'),
    ];
    for (const answer of await Promise.all(wrong)) expect(answer.code).to.equal('view-expired');
    const views = createIdentityViews(portal.vault);
    const { setSystemTime, restore } = clock();
    try {
      setSystemTime(Date.now() - 6 * 60_000);
      const old = views.open(security.id, id).token;
      restore();
      expect((await picture(old)).code).to.equal('view-expired');
    } finally {
      restore();
    }
  });

  it('when the account has no real name › there is nothing to see', async () => {
    const answer = await security.post(`/staff/accounts/${security.id}/identity-views`, { reason });
    expect(answer.code).to.equal('file-not-found');
  });
});

function clock() {
  const { now } = Date;
  return {
    setSystemTime: (at: number) => {
      Date.now = () => at;
    },
    restore: () => {
      Date.now = now;
    },
  };
}

interface Pixels {
  data: Buffer;
  width: number;
  height: number;
}

async function pixels(bytes: Buffer): Promise<Pixels> {
  const { data, info } = await sharp(bytes).greyscale().raw().toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}

/** Share of the pixels that differ clearly, in one part of a grid of 3 by 3, or in all of the picture. */
function difference(one: Pixels | undefined, other: Pixels | undefined, part?: number): number {
  if (!one || !other || one.width !== other.width || one.height !== other.height) return 0;
  const { width, height } = one;
  const [columns, rows] = [Math.ceil(width / 3), Math.ceil(height / 3)];
  let [seen, different] = [0, 0];
  for (let index = 0; index < one.data.length; index += 1) {
    const place = Math.floor(Math.floor(index / width) / rows) * 3 + Math.floor((index % width) / columns);
    if (part !== undefined && place !== part) continue;
    seen += 1;
    if (Math.abs((one.data[index] ?? 0) - (other.data[index] ?? 0)) > 20) different += 1;
  }
  return different / seen;
}
