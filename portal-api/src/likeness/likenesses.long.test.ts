// SPDX-License-Identifier: Apache-2.0
// Two members put the same picture on record, one that was re-encoded, mirrored or cropped, and others: what a reviewer sees.
import { createHash } from 'node:crypto';
import { expect } from 'chai';
import sharp from 'sharp';
import { eventually } from '../../../test/support/eventually.ts';
import { startLedger, type TestLedger } from '../../../test/support/ledger.ts';
import {
  draftOrder,
  type Order,
  type OrdersPortal,
  orderIn,
  paidOrder,
  startOrdersPortal,
  submittedOrder,
} from '../../../test/support/orders.ts';
import { expectStatus, type PortalClient, type PortalMember } from '../../../test/support/portal.ts';
import { staffMember } from '../../../test/support/staff.ts';

const WIDTH = 480;
const HEIGHT = 320;
/** Two of one seed are equal; of two seeds, unrelated. */
const drawing = (seed: string): Promise<Buffer> => {
  const bytes = createHash('sha512').update(seed).digest();
  const at = (index: number) => bytes[index] ?? 0;
  const shapes = Array.from({ length: 12 }, (_, index) => {
    const [x, y, r, hue] = [at(index * 4), at(index * 4 + 1), at(index * 4 + 2), at(index * 4 + 3)];
    const colour = `hsl(${hue}, 70%, ${20 + (r % 60)}%)`;
    return `<circle cx="${(x / 255) * WIDTH}" cy="${(y / 255) * HEIGHT}" r="${20 + r / 3}" fill="${colour}"/>`;
  });
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}"><rect width="100%" height="100%" fill="hsl(${at(60)}, 40%, 50%)"/>${shapes.join('')}</svg>`;
  return sharp(Buffer.from(svg)).jpeg({ quality: 95 }).toBuffer();
};

describe('likenesses over HTTP', function () {
  this.timeout(120_000);
  let ledger: TestLedger;
  let portal: OrdersPortal;
  let first: PortalMember;
  let second: PortalMember;
  let reviewer: PortalClient;
  before(async () => {
    ledger = await startLedger();
    portal = await startOrdersPortal({ LEDGER_URL: ledger.url, LEDGER_API_KEY_FILE: ledger.keyFile });
    [first, second] = [await portal.member({ verified: true }), await portal.member({ verified: true })];
    reviewer = await portal.reviewer();
  });
  after(async () => {
    await portal.stop();
    await ledger.stop();
  });

  const underReview = async (owner: PortalMember, picture: Buffer): Promise<Order> => {
    const { id } = await paidOrder(owner, picture);
    return orderIn('UNDER_REVIEW', owner, id);
  };
  const addressOf = ({ id }: Order) => `/staff/attestations/${id}/likenesses`;
  const compared = (order: Order): Promise<Order> =>
    eventually(async () => {
      const { body } = await expectStatus(200, reviewer.get(addressOf(order)));
      const [file] = body.files;
      return file.picture !== 'pending' && file;
    });
  const auditOf = async (order: Order) => {
    const rows = await portal.db.query('SELECT action, detail FROM audit WHERE subject = $1 ORDER BY seq', [
      `attestation:${order.id}`,
    ]);
    return rows.filter(({ action }) => String(action).includes('compare'));
  };

  it('when a member or another member of staff asks › refuses', async () => {
    const order = await underReview(first, await drawing('refused'));
    const finance = await staffMember(portal, 'finance');
    for (const client of [first, second, finance]) {
      expect((await client.get(addressOf(order))).code).to.equal('forbidden');
      expect((await client.get(`${addressOf(order)}/${order.files[0].uploadId}/thumbnail`)).code).to.equal('forbidden');
    }
    expect((await portal.visitor().get(addressOf(order))).code).to.equal('unauthenticated');
    expect(await auditOf(order)).to.have.length(0);
    const auditor = await staffMember(portal, 'auditor');
    await expectStatus(200, auditor.get(addressOf(order)));
  });

  it('when the order was not paid, or is not there › answers not found', async () => {
    const draft = await draftOrder(first, await drawing('draft'));
    const unpaid = await submittedOrder(first, await drawing('unpaid'));
    for (const order of [draft, unpaid, { id: '00000000-0000-4000-8000-000000000000' }])
      expect((await reviewer.get(addressOf(order))).code).to.equal('attestation-not-found');
  });

  it('when a file that is not like one of the order is asked for › opens nothing, and records nothing', async () => {
    const [one, other] = [
      await underReview(first, await drawing('a1')),
      await underReview(second, await drawing('b2')),
    ];
    await compared(one);
    const { length } = await auditOf(one);
    const address = (order: Order) => `${addressOf(one)}/${order.files[0].uploadId}/thumbnail`;
    for (const order of [one, other]) expect((await reviewer.get(address(order))).code).to.equal('file-not-found');
    expect(await auditOf(one)).to.have.length(length);
  });

  it('when another member has the same file on record › shows both orders as identical, and whose they are', async () => {
    const picture = await drawing('identical');
    const earlier = await underReview(first, picture);
    const later = await underReview(second, picture);
    const [found, ...more] = (await compared(later)).likenesses;
    expect(more).to.have.length(0);
    expect(found).to.deep.include({
      likeness: 'identical',
      distance: 0,
      isMirrored: false,
      kind: 'attestation',
      id: earlier.id,
      orderNumber: earlier.orderNumber,
      certificateNumber: null,
      state: 'UNDER_REVIEW',
      submittedAt: earlier.submittedAt,
      uploadId: earlier.files[0].uploadId,
      isSameOwner: false,
    });
    expect(found.userNumber).to.match(/^ID\d+$/);
    expect(found.ownerName).to.match(/\*/);
    expect((await compared(earlier)).likenesses).to.have.length(1);
    const thumbnail = await reviewer.get(`${addressOf(later)}/${found.uploadId}/thumbnail`);
    expect(thumbnail.status).to.equal(200);
    const [look, glance] = await auditOf(later).then((rows) => [rows.at(-2), rows.at(-1)]);
    expect(look?.action).to.equal('attestation.compare');
    expect(glance?.action).to.equal('file.compare');
    expect(String(glance?.detail)).to.include(found.uploadId);
  });

  for (const [change, apply, isMirrored] of [
    ['re-encoded', (picture: Buffer) => sharp(picture).jpeg({ quality: 55 }).toBuffer(), false],
    ['made smaller', (picture: Buffer) => sharp(picture).resize(200).jpeg().toBuffer(), false],
    ['turned grey', (picture: Buffer) => sharp(picture).greyscale().jpeg().toBuffer(), false],
    ['mirrored', (picture: Buffer) => sharp(picture).flop().jpeg().toBuffer(), true],
    [
      'cropped',
      (picture: Buffer) => sharp(picture).extract({ left: 19, top: 13, width: 442, height: 294 }).jpeg().toBuffer(),
      false,
    ],
  ] as const)
    it(`when the picture was ${change} › finds it, and says how far it is`, async () => {
      const picture = await drawing(`changed ${change}`);
      const earlier = await underReview(first, picture);
      const later = await underReview(second, await apply(picture));
      const found = (await compared(later)).likenesses;
      expect(found.map(({ id }: Order) => id)).to.deep.equal([earlier.id]);
      expect(found[0]).to.include({ likeness: 'alike', isMirrored });
      expect(found[0].distance).to.be.within(0, 10);
      await expectStatus(200, reviewer.get(`${addressOf(later)}/${found[0].uploadId}/thumbnail`));
    });

  it('when the earlier order is of the same owner › says so', async () => {
    const picture = await drawing('own');
    const earlier = await underReview(first, picture);
    const later = await underReview(first, await sharp(picture).jpeg({ quality: 70 }).toBuffer());
    const [found] = (await compared(later)).likenesses;
    expect(found).to.include({ id: earlier.id, isSameOwner: true });
  });

  it('when the other order was never paid › does not show it', async () => {
    const picture = await drawing('never paid');
    await submittedOrder(first, picture);
    expect((await compared(await underReview(second, picture))).likenesses).to.deep.equal([]);
  });

  it('when pictures are plain › does not take them for alike', async () => {
    const plain = (background: string) =>
      sharp({ create: { width: 300, height: 200, channels: 3, background } })
        .jpeg()
        .toBuffer();
    await underReview(first, await plain('#204060'));
    const file = await compared(await underReview(second, await plain('#d0a030')));
    expect(file).to.deep.include({ picture: 'none', likenesses: [] });
  });

  it('when the hashing runs again, or its upload has ended › changes nothing', async () => {
    const order = await underReview(first, await drawing('again'));
    await compared(order);
    const [{ uploadId }] = order.files;
    const rows = () => portal.db.query('SELECT * FROM picture_hash WHERE upload_id = $1', [uploadId]);
    const before = await rows();
    expect(before).to.have.length(1);
    const again = async (id: string) => {
      await portal.db.transaction(async (tx) => tx.enqueue('picture-hash', { uploadId: id }));
      await eventually(async () => {
        const [row] = await portal.db.query(
          `SELECT done_at, parked_at FROM outbox WHERE topic = 'picture-hash' ORDER BY id DESC LIMIT 1`,
        );
        expect(row?.parked_at).to.equal(null);
        return row?.done_at;
      });
    };
    await again(uploadId);
    expect(await rows()).to.deep.equal(before);
    await again('00000000-0000-4000-8000-000000000000');
  });
});
