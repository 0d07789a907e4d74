// SPDX-License-Identifier: Apache-2.0
// 分享链接 as their owner, those who are sent one, and attackers use them; told to a portal that another test has started.
import { parseBundle } from '@inkseal/verifier';
import { expect } from 'chai';
import { lookupApi } from '../../portal-api/src/lookup/index.ts';
import type { CertificatesPortal } from './certificates.ts';
import { eventually } from './eventually.ts';
import { type Order, submittedOrder } from './orders.ts';
import { expectStatus, type PortalMember } from './portal.ts';

export interface ShareScene {
  portal: CertificatesPortal;
  member: PortalMember;
  /** Certified. */
  order: Order;
  log: string[];
}

export function shareLinkCases(scene: () => ShareScene): void {
  const hands = handsOf(scene);
  // Each begins without open links: only so many may be.
  beforeEach(() => hands.query('UPDATE share_link SET ended_at = now() WHERE ended_at IS NULL'));
  openingCases(scene, hands);
  refusalCases(scene, hands);
  ownerCases(scene, hands);
}

type Hands = ReturnType<typeof handsOf>;

function handsOf(scene: () => ShareScene) {
  const links = (id = scene().order.id) => `/attestations/${id}/share-links`;
  return {
    links,
    make: async (form: object = { days: 7 }): Promise<MadeLink> =>
      (await expectStatus(201, scene().member.post(links(), form))).body,
    listed: async (): Promise<Order[]> => (await expectStatus(200, scene().member.get(links()))).body.items,
    open: (token: string) => scene().portal.visitor().post('/lookup/shared', { token }),
    query: (sql: string, values: unknown[] = []) => scene().portal.db.query(sql, values),
  };
}

function openingCases(scene: () => ShareScene, { make, listed, open }: Hands): void {
  it('shows what the code shows, with the history of the rights, and gives no code away', async () => {
    const { portal, order } = scene();
    const { link, url } = await make({ days: 7, label: '给评审' });
    expect(url).to.match(new RegExp(`^${portal.url}/v/shared#[\\w-]{22}$`));
    expect(link).to.include({ label: '给评审', state: 'OPEN', openings: 0, maxOpenings: null });
    const { number, lookupUrl, typedCode } = order.certificate;
    const code = String(lookupUrl).split('#')[1];
    const { body, bytes } = await expectStatus(200, open(tokenOf(url)));
    const unlocked = (await expectStatus(200, portal.visitor().post(`/lookup/${number}`, { code }))).body;
    expect(body).to.deep.equal(unlocked);
    const sections = parseBundle(Buffer.from(body.bundle)).sections?.map(({ name }) => name) ?? [];
    expect(sections).to.include.members(['files', 'party:1']);
    expect(sections.filter((name) => name.startsWith('person:'))).to.deep.equal([]);
    expect(body.rightsHistory).to.have.length(1);
    expect(body.rightsHistory[0]).to.include({ kind: 'ATTESTATION', number, isFinal: true });
    for (const secret of [code, typedCode, '测试员', tokenOf(url)]) expect(bytes.toString()).to.not.include(secret);
    expect(lookupApi.shared.limit).to.equal(lookupApi.byCode.limit);
  });

  it('counts each opening, and tells its owner when they were', async () => {
    const { link, url } = await make();
    for (const token of [tokenOf(url), `\u200b${tokenOf(url)} \ufeff`]) await expectStatus(200, open(token));
    const shown = (await listed()).find(({ id }) => id === link.id) ?? {};
    expect(shown).to.include({ openings: 2, state: 'OPEN' });
    const [newest, first] = shown.openedAt.map(Date.parse);
    expect(newest).to.be.at.least(first).and.be.closeTo(Date.now(), 60_000);
  });

  it('when it may be opened twice and many come at once › opens twice', async () => {
    const { link, url } = await make({ days: 1, maxOpenings: 2 });
    const answers = await Promise.all(Array.from({ length: 6 }, () => open(tokenOf(url))));
    expect(answers.map(({ status }) => status).toSorted()).to.deep.equal([200, 200, 410, 410, 410, 410]);
    expect((await open(tokenOf(url))).code).to.equal('share-link-used-up');
    const shown = (await listed()).find(({ id }) => id === link.id) ?? {};
    expect([shown.openings, shown.openedAt.length, shown.state]).to.deep.equal([2, 2, 'USED_UP']);
  });
}

function refusalCases(scene: () => ShareScene, { links, make, listed, open, query }: Hands): void {
  it('when it was ended, or its time is over › opens nothing, and says why', async () => {
    const [ended, expired] = [await make(), await make()];
    const items: Order[] = (await expectStatus(200, scene().member.delete(`${links()}/${ended.link.id}`))).body.items;
    expect(items.find(({ id }) => id === ended.link.id)?.state).to.equal('ENDED');
    expect((await scene().member.delete(`${links()}/${ended.link.id}`)).code).to.equal('share-link-not-found');
    await query(`UPDATE share_link SET expires_at = now() WHERE id = $1`, [expired.link.id]);
    for (const [{ url, link }, code] of [
      [ended, 'share-link-ended'],
      [expired, 'share-link-expired'],
    ] as const) {
      const answer = await open(tokenOf(url));
      expect([answer.status, answer.code]).to.deep.equal([410, code]);
      expect((await listed()).find(({ id }) => id === link.id)?.openings).to.equal(0);
    }
  });

  it('when a token is guessed, or a code is given for one › opens nothing; and a token is no code', async () => {
    const { number, lookupUrl, typedCode } = scene().order.certificate;
    const { url } = await make();
    for (const guessed of ['A'.repeat(22), typedCode, String(lookupUrl).split('#')[1] ?? '', number, "' OR 1=1 --"]) {
      const answer = await open(guessed);
      expect([answer.status, answer.code], guessed).to.deep.equal([404, 'share-link-unknown']);
    }
    for (const wrong of ['', 'A'.repeat(101)]) expect((await open(wrong)).fields).to.have.length(1);
    const asCode = await scene()
      .portal.visitor()
      .post(`/lookup/${number}`, { code: tokenOf(url) });
    expect(asCode.code).to.equal('lookup-code-invalid');
  });
}

function ownerCases(scene: () => ShareScene, { links, make, listed, open, query }: Hands): void {
  it('is its owner’s alone › others can neither make, nor see, nor end one', async () => {
    const { portal, member } = scene();
    const { link } = await make();
    const stranger = await portal.member({ verified: true });
    for (const answer of [
      await stranger.get(links()),
      await stranger.post(links(), { days: 1 }),
      await stranger.delete(`${links()}/${link.id}`),
    ])
      expect([answer.status, answer.code]).to.deep.equal([404, 'attestation-not-found']);
    expect((await portal.visitor().get(links())).code).to.equal('unauthenticated');
    const waiting = await submittedOrder(member);
    expect((await member.post(links(waiting.id), { days: 1 })).code).to.equal('certificate-not-ready');
    expect((await member.delete(`${links(waiting.id)}/${link.id}`)).code).to.equal('share-link-not-found');
    expect((await listed()).find(({ id }) => id === link.id)?.state).to.equal('OPEN');
  });

  it('when its limits are out of range › is refused, with every field', async () => {
    for (const [form, fields] of [
      [{}, ['days: missing']],
      [{ days: 0, maxOpenings: 0 }, ['days: out-of-range', 'maxOpenings: out-of-range']],
      [
        { days: 366, maxOpenings: 1_001, label: '长'.repeat(41) },
        ['days: out-of-range', 'maxOpenings: out-of-range', 'label: too-long'],
      ],
      [{ days: 1, token: 'mine' }, ['token: unknown']],
    ] as const)
      expect((await scene().member.post(links(), form)).fields).to.have.members([...fields]);
  });

  it('leaves its token neither in the database nor in the log', async () => {
    const { log } = scene();
    log.length = 0;
    const token = tokenOf((await make()).url);
    await expectStatus(200, open(token));
    // A line is written when its answer is over, which may be after the client has it.
    await eventually(() => log.some((line) => line.includes('/lookup/shared')));
    expect(log.join('\n')).to.not.include(token);
    const rows = await query('SELECT l::text AS row FROM share_link l');
    const stored = rows.map(({ row }) => row).join();
    for (const form of [token, Buffer.from(token).toString('hex'), Buffer.from(token, 'base64url').toString('hex')])
      expect(stored).to.not.include(form);
  });

  it('when twenty are open › makes no more, until one is ended', async () => {
    await query('DELETE FROM share_link');
    const made = await Promise.all(Array.from({ length: 22 }, () => scene().member.post(links(), { days: 1 })));
    expect(made.filter(({ status }) => status === 201)).to.have.length(20);
    expect(made.find(({ status }) => status !== 201)?.code).to.equal('share-link-limit-reached');
    const [first] = await listed();
    await expectStatus(200, scene().member.delete(`${links()}/${first?.id}`));
    await make();
  });
}

interface MadeLink {
  link: Order;
  url: string;
}

const tokenOf = (url: string): string => url.split('#')[1] ?? '';
