// SPDX-License-Identifier: Apache-2.0
// The audit log as auditors see it: filtered, page by page, and as a file whose chain can be computed again.
import { createHash } from 'node:crypto';
import { expect } from 'chai';
import { expectStatus, startPortal, type TestPortal } from '../../../test/support/portal.ts';
import { type StaffMember, staffMember } from '../../../test/support/staff.ts';

interface Entry {
  seq: string;
  at: string;
  actor: string;
  action: string;
  subject: string;
  detail: string;
  digest: string;
}

describe('the audit log', function () {
  this.timeout(60_000);
  let portal: TestPortal;
  let auditor: StaffMember;
  let other: StaffMember;
  before(async () => {
    portal = await startPortal();
    auditor = await staffMember(portal, 'auditor');
    other = await staffMember(portal);
    await portal.db.transaction(async (tx) => {
      for (let index = 0; index < 30; index += 1)
        tx.record({
          actor: 'system',
          action: 'test.step',
          subject: `test:${index % 3}`,
          detail: { index, text: '“a”,\n"b"' },
        });
    });
  });
  after(() => portal.stop());

  const list = async (query: Record<string, string>) =>
    (await expectStatus(200, auditor.get(`/staff/audit?${new URLSearchParams(query)}`))).body;
  const exported = (body: object) => expectStatus(200, auditor.post('/staff/audit-exports', body));

  it('when it is filtered › shows only those rows, newest first, and people by their numbers', async () => {
    const { userNumber } = (await other.get('/me')).body;
    const { items } = await list({ actor: userNumber });
    expect(items.map(({ action }: Entry) => action)).to.deep.equal(['account.login', 'account.register']);
    expect(items[0]).to.include({ actor: `account:${other.id}`, actorNumber: userNumber });
    expect((await list({ subject: userNumber, action: 'account.login' })).items).to.have.length(1);
    expect((await list({ subject: 'test:1' })).items).to.have.length(10);
    expect((await list({ action: 'test' })).items, 'no part of an action').to.deep.equal([]);
    expect((await list({ actor: 'ID999999999' })).items).to.deep.equal([]);
    const [first] = (await list({ action: 'test.step', limit: '1' })).items;
    const at = Date.parse(first.at);
    const around = { from: new Date(at).toISOString(), to: new Date(at + 1).toISOString() };
    expect((await list({ ...around, action: 'test.step' })).items.length).to.be.at.least(1);
    expect((await list({ from: new Date(at + 60_000).toISOString() })).items).to.deep.equal([]);
    expect((await auditor.get('/staff/audit?from=yesterday')).fields).to.deep.equal(['from: malformed']);
  });

  it('when it is read page by page › each row comes once', async () => {
    const seqs: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: { items: Entry[]; next: string | null } = await list({
        action: 'test.step',
        limit: '7',
        ...(cursor && { cursor }),
      });
      seqs.push(...page.items.map(({ seq }) => seq));
      cursor = page.next;
    }
    expect(seqs).to.have.length(30);
    expect(new Set(seqs).size).to.equal(30);
    expect(seqs).to.deep.equal(seqs.toSorted((one, two) => Number(two) - Number(one)));
  });

  it('when it is exported › the file has each row exactly, the export is a row itself, and the chain can be computed from it', async () => {
    const { bytes, headers } = await exported({ format: 'jsonl' });
    expect(headers.get('content-disposition')).to.match(/attachment; filename="audit-\d{4}-\d\d-\d\d\.jsonl"/);
    expect(headers.get('cache-control')).to.equal('no-store');
    const rows = bytes
      .toString()
      .trimEnd()
      .split('\n')
      .map((line): Entry => JSON.parse(line));
    expect(rows.at(-1)).to.include({ action: 'audit.export', actor: `account:${auditor.id}` });
    let digest = Buffer.alloc(32);
    for (const { seq, at, actor, action, subject, detail, ...row } of rows) {
      digest = createHash('sha256')
        .update(digest)
        .update([seq, at, actor, action, subject, detail].join('\n'))
        .digest();
      expect(row.digest, seq).to.equal(digest.toString('hex'));
    }
    const head = (await expectStatus(200, auditor.get('/staff/audit/head'))).body.newest;
    expect(head).to.include({ seq: rows.at(-1)?.seq, digest: digest.toString('hex') });
  });

  it('when the chain is verified › names its head, and the first row that was changed', async () => {
    const verify = async () => (await expectStatus(201, auditor.post('/staff/audit-verifications', {}))).body;
    const before = (await auditor.get('/staff/audit/head')).body.newest;
    expect(await verify()).to.deep.equal({ rows: Number(before.seq), head: before.digest, brokenAt: null });
    const [row] = await portal.db.query(
      `SELECT seq, detail FROM audit WHERE action = 'test.step' ORDER BY seq LIMIT 1`,
    );
    const change = async (detail: unknown) => {
      await portal.db.query('ALTER TABLE audit DISABLE TRIGGER USER');
      await portal.db.query('UPDATE audit SET detail = $2 WHERE seq = $1', [row?.seq, detail]);
      await portal.db.query('ALTER TABLE audit ENABLE TRIGGER USER');
    };
    await change('{}');
    expect((await verify()).brokenAt).to.equal(String(row?.seq));
    await change(row?.detail);
    expect((await verify()).brokenAt).to.equal(null);
  });

  it('when it is exported as CSV › quotes, commas and lines stay inside their fields', async () => {
    const { bytes, headers } = await exported({ format: 'csv', subject: 'test:2' });
    expect(headers.get('content-type')).to.match(/^text\/csv/);
    const [head, ...lines] = bytes.toString().trimEnd().split('\r\n');
    expect(head).to.equal('seq,at,actor,action,subject,detail,digest');
    expect(lines).to.have.length(10);
    const [, detail = ''] = /"(\{.*\})",/.exec(lines[0] ?? '') ?? [];
    expect(JSON.parse(detail.replaceAll('""', '"'))).to.deep.equal({ index: 2, text: '“a”,\n"b"' });
    const [entry] = await portal.db.query(
      `SELECT detail FROM audit WHERE action = 'audit.export' ORDER BY seq DESC LIMIT 1`,
    );
    expect(entry?.detail).to.equal('{"format":"csv","subject":"test:2"}');
  });
});
