// SPDX-License-Identifier: Apache-2.0
import { sessionOf } from '@inkseal/service-kit';
import { expect } from 'chai';
import { eventually } from '../../../test/support/eventually.ts';
import { dropDatabase, freshDatabase } from '../../../test/support/postgres.ts';
import { createOutboxSession, type OutboxSession } from './outbox-session.ts';

describe('session of the outbox', () => {
  let url: string;
  let one: OutboxSession;
  let other: OutboxSession;
  before(async () => {
    url = await freshDatabase();
    [one, other] = [createOutboxSession(url, () => undefined), createOutboxSession(url, () => undefined)];
  });
  after(async () => {
    await Promise.all([one.end(), other.end()]);
    await dropDatabase(url);
  });

  it('when this process has a row › gives it to nobody until it is released, this process included', async () => {
    const release = await one.takeRow('7');
    expect(release).to.be.a('function');
    expect(await one.takeRow('7')).to.equal(undefined);
    expect(await other.takeRow('7')).to.equal(undefined);
    await release?.();
    const again = await other.takeRow('7');
    expect(again).to.be.a('function');
    await again?.();
  });

  it('when the connection is lost while this process has a row › still does not give it to this process', async () => {
    const release = await one.takeRow('8');
    await sessionOf(other.session).query({
      text: `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()
               AND datname = current_database()`,
    });
    await eventually(() => sessionOf(one.session).query({ text: 'SELECT 1' }));
    expect(await one.takeRow('8')).to.equal(undefined);
    // Another process may have it now: each handler may run twice.
    const taken = await eventually(() => other.takeRow('8'));
    await taken();
    await release?.();
    expect(await one.takeRow('8')).to.be.a('function');
  });

  it('when suspects are taken › lets one run at a time, of all processes', async () => {
    const release = await one.takeSuspect();
    expect([await one.takeSuspect(), await other.takeSuspect()]).to.deep.equal([undefined, undefined]);
    await release?.();
    expect(await other.takeSuspect()).to.be.a('function');
  });

  it('when work is taken by its name › keeps no other work and no row waiting', async () => {
    const release = await one.takeWork('scrub');
    expect(await other.takeWork('scrub')).to.equal(undefined);
    expect(await other.takeWork('check-audit')).to.be.a('function');
    await release?.();
    expect(await other.takeWork('scrub')).to.be.a('function');
  });
});
