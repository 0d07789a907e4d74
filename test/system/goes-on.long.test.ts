// SPDX-License-Identifier: Apache-2.0
// One thing breaks under a running portal, and everybody whom it does not concern goes on: the process answers, a stranger
// looks up another certificate, another member takes a work to review. It heals without a restart: all of this happens
// to one and the same process, which has its own small disk, with its log on it, and a real ledger.
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import pg from 'pg';
import { freePort } from '../../scripts/processes/ports.ts';
import { VERIFY_PAGE } from '../support/certificates.ts';
import { eventually } from '../support/eventually.ts';
import { approve, draftOrder, type Order, orderIn, paidOrder, readOrder } from '../support/orders.ts';
import { codeReader, createMember, expectStatus, PortalClient, type PortalMember } from '../support/portal.ts';
import { dropDatabase, freshDatabase } from '../support/postgres.ts';
import { runOnSmallDisk, type SmallDisk } from '../support/small-disk.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { writePackagePages } from '../support/web-folder.ts';
import { startWholeLedger, type WholeLedger } from '../support/whole-ledger.ts';

const MAIN = path.resolve(import.meta.dirname, '../../portal-api/src/main.ts');
const UPLOAD_BYTES = 100_000;
const TUS = { 'Tus-Resumable': '1.0.0' };

describe('a portal that goes on', function () {
  this.timeout(90_000);
  const folder = temporaryFolder();
  let ledger: WholeLedger;
  let databaseUrl: string;
  let database: pg.Pool;
  let url: string;
  let disk: SmallDisk;
  let reviewer: PortalClient;
  /** Whom the fault hits, with a certificate. */
  let hit: PortalMember;
  let hitOrder: Order;
  /** Everybody else. */
  let other: PortalMember;
  let otherOrder: Order;
  /** Undoes what a test broke, once. */
  let heal: () => Promise<unknown> = async () => undefined;

  before(async () => {
    ledger = await startWholeLedger();
    databaseUrl = await freshDatabase();
    database = new pg.Pool({ connectionString: databaseUrl });
    // A connection that is still closing when the database is dropped.
    database.on('error', () => undefined);
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    const aside = temporaryFolder();
    const web = path.join(aside, 'web');
    writePackagePages(web, VERIFY_PAGE);
    const reviewerFile = path.join(aside, 'reviewer.json');
    const env = {
      PORTAL_DATABASE_URL: databaseUrl,
      PORT: String(port),
      INKSEAL_DATA: folder,
      LEDGER_URL: ledger.url,
      LEDGER_API_KEY_FILE: ledger.keyFile,
      WEB_DIST: web,
      SEED_REVIEWER_FILE: reviewerFile,
      RATE_LIMIT_SCALE: '1000',
      LOG_LEVEL: 'info',
      DISK_RESERVE_MIB: '8',
      SCRUB_EVERY_HOURS: '0',
      OUTBOX_MAX_ATTEMPTS: '2',
    };
    disk = runOnSmallDisk(MAIN, { folder, sizeMib: 64, env, log: 'portal.log' });
    await eventually(async () => (await fetch(`${url}/readyz`)).ok).catch((cause) => {
      throw new Error(`the portal is not ready:\n${disk.program.output()}`, { cause });
    });
    const { phone, password } = JSON.parse(readFileSync(reviewerFile, 'utf8'));
    reviewer = new PortalClient(url);
    await expectStatus(204, reviewer.logIn(phone, password));
    await database.query(
      `INSERT INTO account_role (account_id, role, granted_by)
       SELECT account_id, 'admin', 'test' FROM account_role WHERE role = 'reviewer'`,
    );
    [hit, other] = [await newMember(), await newMember()];
    [hitOrder, otherOrder] = await Promise.all([hit, other].map(certified));
  });
  after(async () => {
    await disk?.program.kill();
    await ledger?.stop();
    await database?.end();
    if (databaseUrl) await dropDatabase(databaseUrl);
  });
  afterEach(async () => {
    await heal();
    expect(disk.program.isRunning(), disk.program.output()).to.equal(true);
  });

  it('when its disk is full › refuses uploads with 503, and takes them when there is room again', async () => {
    const draft = await draftOrder(other);
    const begun = (await expectStatus(201, beginUpload())).headers.get('location')?.split('/').at(-1) ?? '';
    const goOn = () =>
      hit.sendBytes('PATCH', `/uploads/${begun}`, Buffer.alloc(UPLOAD_BYTES), {
        ...TUS,
        'Upload-Offset': '0',
        'Content-Type': 'application/offset+octet-stream',
      });
    await fillDisk();
    for (const upload of [goOn, beginUpload]) {
      const refused = await upload();
      expect([refused.status, refused.code]).to.deep.equal([503, 'store-unavailable']);
    }
    expect(await part('disk')).to.deep.equal({ ok: false, code: 'store-unavailable' });
    // Nobody can upload, so the other member submits what they have.
    await othersGoOn(() => submitted(other, draft));

    await heal();
    await expectStatus(204, goOn());
    expect(await part('disk')).to.deep.equal({ ok: true });
    await othersGoOn();
  });

  it('when its log cannot be written › loses lines and nothing else, and writes them again when there is room', async () => {
    const draft = await draftOrder(other);
    const linesWith = (text: string) => readFileSync(disk.path('portal.log'), 'utf8').split(text).length - 1;
    await fillDisk();
    for (let asked = 0; asked < 200; asked += 1) await expectStatus(404, hit.get('/lost-line'));
    await othersGoOn(() => submitted(other, draft));
    expect(linesWith('/lost-line')).to.be.below(200);

    await heal();
    await eventually(async () => {
      await expectStatus(404, hit.get('/kept-line'));
      return linesWith('/kept-line') > 0;
    });
    await othersGoOn();
  });

  for (const [what, damage] of [
    ['missing', (file: string) => rmSync(file)],
    [
      'flipped',
      (file: string, block: Buffer) => writeFileSync(file, Buffer.from(block).fill(block.readUInt8(99) ^ 1, 99, 100)),
    ],
  ] as const)
    it(`when a block of an original is ${what} › says so to its owner and its operator, and serves it again when it is whole`, async () => {
      const file = await blockOfOriginal(hitOrder.id);
      const block = readFileSync(file);
      await breakIt(
        () => damage(file, block),
        () => writeFileSync(file, block),
      );
      for (const ask of [() => original(hit, hitOrder), () => evidencePackage(hit, hitOrder)]) {
        const answer = await ask();
        expect([answer.status, answer.code]).to.deep.equal([500, 'stored-object-damaged']);
      }
      await eventually(async () => (await part('storage')).count === 1);
      await othersGoOn();
      await expectStatus(200, evidencePackage(other, otherOrder));

      await heal();
      await expectStatus(200, original(hit, hitOrder));
      await expectStatus(200, evidencePackage(hit, hitOrder));
      await eventually(async () => (await part('storage')).ok === true);
    });

  it('when a job always throws › parks it, and finishes it after a retry when its cause is gone', async () => {
    const { id } = await paidOrder(hit);
    await orderIn('UNDER_REVIEW', hit, id);
    await breakIt(
      () =>
        database.query(
          `CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''bad row''; END';
           CREATE TRIGGER refuse BEFORE INSERT ON certificate FOR EACH ROW WHEN (NEW.attestation_id = '${id}')
             EXECUTE FUNCTION refuse()`,
        ),
      () => database.query('DROP TRIGGER refuse ON certificate; DROP FUNCTION refuse'),
    );
    await approve(reviewer, id);
    // While it is tried, and when it is parked.
    await orderIn('ANCHORING', hit, id);
    await othersGoOn();
    await eventually(async () => (await part('work')).count === 1);
    await othersGoOn();
    await expectStatus(200, lookUp((await certified(other)).certificate.number));
    expect((await readOrder(hit, id)).state).to.equal('ANCHORING');

    await heal();
    const [parked] = (await expectStatus(200, reviewer.get('/staff/parked-work'))).body.items;
    await expectStatus(204, reviewer.post(`/staff/parked-work/${parked.id}/retry`, {}));
    await orderIn('CERTIFIED', hit, id);
    expect(await part('work')).to.deep.equal({ ok: true });
  });

  async function breakIt(damage: () => unknown, repair: () => unknown): Promise<void> {
    heal = async () => {
      heal = async () => undefined;
      await repair();
    };
    await damage();
  }

  const fillDisk = () =>
    breakIt(
      () => disk.fill(),
      () => disk.empty(),
    );

  /** The process answers, a stranger finds another certificate, and another member works on an order. */
  async function othersGoOn(work: () => Promise<unknown> = uploadToReview): Promise<void> {
    await expectStatus(200, other.get('/healthz'));
    const { number } = otherOrder.certificate;
    expect((await expectStatus(200, lookUp(number))).body).to.include({ number, status: 'final' });
    await work();
  }

  async function uploadToReview(): Promise<void> {
    const { id } = await paidOrder(other);
    await orderIn('UNDER_REVIEW', other, id);
  }

  const beginUpload = () =>
    hit.sendBytes('POST', '/uploads', new Uint8Array(), { ...TUS, 'Upload-Length': String(UPLOAD_BYTES) });
  const newMember = () =>
    createMember(
      { visitor: () => new PortalClient(url), smsCode: codeReader(disk.path('sms-outbox.jsonl')) },
      { verified: true },
    );
  const lookUp = (number: string) => new PortalClient(url).get(`/lookup/${number}`);
  const part = async (name: string) => (await expectStatus(200, other.get('/readyz'))).body.parts[name];
  const evidencePackage = (member: PortalMember, { id }: Order) => member.get(`/attestations/${id}/package`);

  async function certified(member: PortalMember): Promise<Order> {
    const { id } = await paidOrder(member);
    await orderIn('UNDER_REVIEW', member, id);
    await approve(reviewer, id);
    return orderIn('CERTIFIED', member, id);
  }

  async function submitted(member: PortalMember, { id, version }: Order): Promise<Order> {
    await expectStatus(200, member.post(`/attestations/${id}/submission`, { version, priceFen: 3_000 }));
    return readOrder(member, id);
  }

  async function original(member: PortalMember, { id }: Order) {
    return member.get(`/attestations/${id}/files/${(await uploadOf(id)).id}/content`);
  }

  async function uploadOf(attestationId: string): Promise<{ id: string; cid: string }> {
    const { rows } = await database.query(
      'SELECT u.id, u.cid FROM upload u JOIN attestation_file f ON f.upload_id = u.id WHERE f.attestation_id = $1',
      [attestationId],
    );
    return rows[0];
  }

  /** It is smaller than a leaf, so it has one. */
  async function blockOfOriginal(attestationId: string): Promise<string> {
    const content = disk.path('blocks', 'content', (await uploadOf(attestationId)).cid);
    const [shard = ''] = readdirSync(content);
    const [name = ''] = readdirSync(path.join(content, shard));
    return path.join(content, shard, name);
  }
});
