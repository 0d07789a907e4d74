// SPDX-License-Identifier: Apache-2.0
// Authorities as they are: good, down, slow, lying, and healed. Real tokens by `openssl ts`, over HTTP, into a real database.
import { canonicalBytes } from '@inkseal/verifier';
import { expect } from 'chai';
import { eventually } from '../../../test/support/eventually.ts';
import { type BatchFixture, batchFixture, silentObserver } from '../../../test/support/pipeline.ts';
import {
  type Behaviour,
  opensslAccepts,
  startAuthority,
  TEST_POLICY,
  type TestAuthority,
} from '../../../test/support/timestamp-authority.ts';
import { makeWorld } from '../../../verifier/vectors/support/world.ts';
import { chainWitness } from '../../../verifier/vectors/witnesses/chain-witness.ts';
import { loadAuthorities } from './authority.ts';
import type { Pace } from './keep-witness.ts';
import { type RenewalRule, type Renewing, startRenewing } from './renew-batches.ts';
import { findAgeing, firstExpiry, witnessesOf } from './renewals.sql.ts';
import { startWitnessing, type Witnessing } from './witness-batches.ts';
import { NEVER } from './witnesses.sql.ts';

/** As in the service, but soon. */
const PACE: Pace = { askWithinMs: 2_000, retryMs: 50, longestRetryMs: 200, sweepMs: 50, failures: 1_000, openMs: 50 };
const WITHIN = { withinMs: 30_000 };

interface Row {
  readonly token: Buffer | null;
  readonly attempts: number;
  readonly last_failure: string | null;
  readonly root: Buffer;
}

describe('startWitnessing', function () {
  this.timeout(120_000);
  let batches: BatchFixture;
  let authority: TestAuthority;
  let running: (Witnessing | Renewing)[] = [];
  let refused: string[] = [];
  let sweeps = 0;

  before(async () => {
    batches = await batchFixture();
    authority = await startAuthority();
  });
  after(async () => {
    await authority?.stop();
    await batches?.close();
  });
  beforeEach(async () => {
    authority.behaviour = 'good';
    refused = [];
    await batches.clear();
    await batches.fixture.database.pool.query('TRUNCATE witness_token, renewal');
  });
  afterEach(async () => {
    await Promise.all(running.map((each) => each.stop()));
    running = [];
  });

  it('when an authority is good › stores a token that openssl accepts over the 32 bytes of the root', async () => {
    await closeOne();
    start();
    const { token, root, attempts } = await stored();
    expect(attempts).to.equal(1);
    expect(await opensslAccepts(token, root, authority.certificateFile)).to.equal(true);
    expect(await opensslAccepts(token, Buffer.alloc(32), authority.certificateFile)).to.equal(false);
  });

  for (const [behaviour, code] of [
    ['failing', 'http-status'],
    ['redirecting', 'unreachable'],
    ['refusing', 'request-refused'],
    ['slow', 'timeout'],
    ['endless', 'answer-too-large'],
    ['garbage', 'answer-malformed'],
    ['other-imprint', 'witness-mismatch'],
    ['other-nonce', 'other-nonce'],
    ['expired', 'witness-untrusted'],
    ['stranger', 'witness-untrusted'],
  ] as const satisfies [Behaviour, string][])
    it(`when an authority is ${behaviour} › stores nothing and says ${code}, until it heals`, async () => {
      authority.behaviour = behaviour;
      await closeOne();
      start();
      await eventually(async () => (await row())?.last_failure, WITHIN);
      expect(await row()).to.include({ last_failure: code, token: null });
      expect(refused).to.include(code);
      authority.behaviour = 'good';
      const { token, root } = await stored();
      expect(await opensslAccepts(token, root, authority.certificateFile)).to.equal(true);
      expect((await row())?.last_failure).to.equal(null);
    });

  it('when an authority answers under another policy than the settings ask for › takes no token', async () => {
    await closeOne();
    start({ policy: '1.2.3.4.3' });
    await eventually(async () => (await row())?.last_failure === 'request-refused', WITHIN);
    expect(await row()).to.include({ token: null });
    await running.pop()?.stop();
    start({ policy: TEST_POLICY });
    await stored();
  });

  it('when the process ends between the answer and storing it › asks again, and keeps one token', async () => {
    await closeOne();
    let passings = 0;
    start({
      onStage: () => {
        passings += 1;
        if (passings === 1) throw new TypeError('killed');
      },
    });
    const { attempts, token } = await stored();
    expect(attempts).to.equal(2);
    start();
    start();
    await closeOne();
    await eventually(
      async () => (await rows()).every((one) => one.token !== null) && (await rows()).length === 2,
      WITHIN,
    );
    expect((await rows())[0]?.token?.equals(token)).to.equal(true);
  });

  it('when several processes ask at once › stores one token for each batch', async () => {
    for (let count = 0; count < 6; count += 1) await closeOne();
    for (let count = 0; count < 3; count += 1) start();
    await eventually(async () => (await rows()).filter(({ token }) => token !== null).length === 6, WITHIN);
    expect((await rows()).map(({ attempts }) => attempts)).to.deep.equal([1, 1, 1, 1, 1, 1]);
  });

  it('when an authority keeps failing › is spared, and asked again after a pause', async () => {
    authority.behaviour = 'failing';
    for (let count = 0; count < 8; count += 1) await closeOne();
    const before = authority.asked();
    const openMs = 600_000;
    start({ pace: { ...PACE, failures: 2, openMs } });
    await eventually(() => refused.length >= 2, WITHIN);
    await closeOne();
    await eventually(async () => (await rows()).length === 9, WITHIN);
    // What was under way when it opened, and nothing after it.
    expect(authority.asked() - before).to.be.at.most(4);
  });

  it('when a batch was final before the authority was configured › leaves it alone', async () => {
    await closeOne();
    await finalise();
    await closeOne();
    start();
    await stored();
    expect(await rows()).to.have.length(1);
  });

  describe('startRenewing', () => {
    const RENEWAL_PACE = { askWithinMs: 2_000, sweepMs: 50, retryMs: 50, longestRetryMs: 100 };
    const SIXTY_DAYS_MS = 60 * 86_400_000;

    it('when a certificate ends soon › renews once, however many processes do; what comes later stands behind', async () => {
      await ageingBatch();
      authority.behaviour = 'good';
      for (let count = 0; count < 3; count += 1) renew({ beforeMs: SIXTY_DAYS_MS });
      await eventually(async () => (await kinds()).length === 2, WITHIN);
      await Promise.all(running.map((each) => each.stop()));
      await batches.fixture.database.pool.query(`INSERT INTO witness_token (batch_id, authority) VALUES (1, 'late')`);
      start({ name: 'late' });
      await eventually(async () => (await kinds()).length === 3, WITHIN);
      await swept(() => renew({ beforeMs: SIXTY_DAYS_MS }));
      expect(await kinds()).to.deep.equal(['rfc3161', 'renewal', 'rfc3161']);
      const [first, renewal] = await witnesses();
      const { registry } = batches.ledger;
      const about = { chainId: String(registry.chainId), contract: registry.address };
      const root = (await row())?.root.toString('hex') ?? '';
      const message = canonicalBytes({ registry: about, root, witnesses: [first ?? {}] });
      const token = Buffer.from(renewal?.kind === 'renewal' ? renewal.token : '', 'base64');
      expect(await opensslAccepts(token, message, authority.certificateFile)).to.equal(true);
    });

    it('when a second chain countersigned, too › renews over what it showed', async () => {
      await ageingBatch();
      const world = await makeWorld();
      const shown = chainWitness(world);
      await batches.fixture.database.pool.query(
        `INSERT INTO witness_token (batch_id, authority, token, stored_at, expires_at) VALUES (1, 'second', $1, now(), $2)`,
        [Buffer.from(canonicalBytes(shown)), NEVER],
      );
      authority.behaviour = 'good';
      renew({ beforeMs: SIXTY_DAYS_MS });
      await eventually(async () => (await kinds()).length === 3, WITHIN);
      expect(await kinds()).to.deep.equal(['rfc3161', 'chain', 'renewal']);
      expect((await witnesses())[1]).to.deep.equal(shown);
      const covered = await batches.fixture.database.prisma.witnessToken.findMany({ select: { renewedBy: true } });
      expect(covered).to.deep.equal([{ renewedBy: 1 }, { renewedBy: 1 }]);
      const end = await firstExpiry(batches.fixture.database.prisma);
      expect(end?.getTime()).to.be.below(NEVER.getTime());
    });

    it('when the new certificate ends no later › stores nothing and says expires-no-later, until another does', async () => {
      await ageingBatch();
      renew({ beforeMs: SIXTY_DAYS_MS });
      await eventually(() => refused.includes('expires-no-later'), WITHIN);
      expect(await kinds()).to.deep.equal(['rfc3161']);
      authority.behaviour = 'good';
      await eventually(async () => (await kinds()).length === 2, WITHIN);
    });

    it('when no certificate ends soon › notes when the first does, and renews what the settings call old and is final', async () => {
      await ageingBatch();
      await closeOne();
      await eventually(async () => (await rows())[1]?.token != null, WITHIN);
      const asked = authority.asked();
      renew({ beforeMs: 1 });
      const end = await eventually(() => firstExpiry(batches.fixture.database.prisma), WITHIN);
      expect((end.getTime() - Date.now()) / 86_400_000).to.be.within(29, 30);
      expect(authority.asked()).to.equal(asked);
      await Promise.all(running.map((each) => each.stop()));
      await swept(() => renew({ beforeMs: 0, until: new Date() }));
      expect(await batches.fixture.database.prisma.renewal.findMany({ select: { batchId: true } })).to.deep.equal([
        { batchId: 1n },
      ]);
    });

    /** Final, with a token whose certificate ends in thirty days. */
    async function ageingBatch(): Promise<void> {
      authority.behaviour = 'ageing';
      await closeOne();
      start();
      await stored();
      await finalise();
    }

    function renew(rule: RenewalRule): void {
      const { url, certificateFile } = authority;
      const authorities = loadAuthorities({ authorities: [{ name: 'test', url, certificateFile }] });
      running.push(startRenewing({ ledger: watched(), authorities, rule, pace: RENEWAL_PACE }));
    }

    /** Until everything that ages was looked at since the work began. */
    async function swept(begin: () => void): Promise<void> {
      const before = sweeps;
      begin();
      await eventually(() => sweeps > before, WITHIN);
    }

    async function witnesses() {
      const all = { after: '0', limit: 1, expiresUntil: new Date('2100-01-01'), storedUntil: new Date(0) };
      const [batch] = await findAgeing(batches.fixture.database.prisma, all);
      return batch ? witnessesOf(batch) : [];
    }

    const kinds = async () => (await witnesses()).map(({ kind }) => kind);
  });

  const watched = () => ({
    ...batches.ledger,
    observer: { ...silentObserver, witnessRefused: (_: string, code: string) => void refused.push(code) },
    news: {
      ...batches.ledger.news,
      isOver(subject: string) {
        if (subject === 'renewing') sweeps += 1;
        return batches.ledger.news.isOver(subject);
      },
    },
  });

  async function finalise(): Promise<void> {
    await batches.fixture.database.pool.query(
      `UPDATE batch SET state = 'final', mined_block = 1, mined_block_hash = '', anchored_at = 1, final_at = now(), final_sequence = 1`,
    );
  }

  function start(options: { name?: string; policy?: string; pace?: Pace; onStage?: () => void } = {}): void {
    const { url, certificateFile } = authority;
    const { policy } = options;
    const named = [{ name: options.name ?? 'test', url, certificateFile, policy }];
    const ledger = { ...watched(), onStage: options.onStage ?? (() => {}) };
    const authorities = loadAuthorities({ authorities: named });
    running.push(startWitnessing({ ledger, authorities, onStored: () => {}, pace: options.pace ?? PACE }));
  }

  async function closeOne(): Promise<void> {
    await batches.fixture.submit(1);
    await batches.closeBatch();
  }

  async function rows(): Promise<Row[]> {
    const { rows: found } = await batches.fixture.database.pool.query<Row>(
      `SELECT token, attempts, last_failure, root FROM witness_token JOIN batch ON batch.id = batch_id ORDER BY batch_id`,
    );
    return found;
  }

  const row = async (): Promise<Row | undefined> => (await rows())[0];

  const stored = (): Promise<Row & { token: Buffer }> =>
    eventually(async () => {
      const found = await row();
      return found?.token != null && { ...found, token: found.token };
    }, WITHIN);
});
