// SPDX-License-Identifier: Apache-2.0
// Every text that the OpenAPI documents of both services list, sent with characters that nobody sees or no text may hold.
// What the portal keeps of them: portal-api/src/http/every-text.test.ts.
import { expect } from 'chai';
import { goodText, UNSEEN, UNSTORABLE } from '../support/dirty-texts.ts';
import { startLedger, type TestLedger } from '../support/ledger.ts';
import { type TextField, textFieldsOf } from '../support/openapi-fields.ts';
import { type OrdersPortal, startOrdersPortal } from '../support/orders.ts';
import { organisationOf } from '../support/organisations.ts';
import type { PortalAnswer, PortalClient } from '../support/portal.ts';

/** Some id that nobody has, for the parts of an address that are not looked at. */
const SOME_ID = '0199c1f0-0000-7000-8000-000000000000';
const PLACES: Record<string, string> = { channel: 'sandbox', number: '1', outTradeNo: '123456', side: 'front' };
const addressOf = ({ path, field, place }: TextField, text: string): string => {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(place === 'path' && name === field ? text : (PLACES[name] ?? SOME_ID)),
  );
  return place === 'query' ? `${filled}?${field}=${encodeURIComponent(text)}` : filled;
};

describe('texts of the portal', function () {
  this.timeout(60_000);
  let portal: OrdersPortal;
  let senders: [member: PortalClient, staff: PortalClient, manager: PortalClient];
  let fields: TextField[];
  before(async () => {
    portal = await startOrdersPortal({});
    const manager = await portal.member();
    senders = [await portal.member({ verified: true }), await portal.reviewer(), manager];
    await organisationOf(portal, [[manager, 'MANAGER']]);
    await portal.db.query(
      `INSERT INTO account_role (account_id, role, granted_by)
       SELECT account_id, unnest(ARRAY['admin', 'security-admin', 'auditor', 'finance', 'senior-reviewer']), 'test'
         FROM account_role WHERE role = 'reviewer'`,
    );
    fields = textFieldsOf((await portal.visitor().get('/openapi.json')).body);
  });
  after(() => portal.stop());

  /** By whoever is allowed to. */
  async function send(field: TextField, text: string): Promise<PortalAnswer> {
    const [member, staff, manager] = senders;
    const sender = field.path.startsWith('/staff/')
      ? staff
      : field.path.startsWith('/organisations/current')
        ? manager
        : member;
    return sendAs(sender, field, text);
  }

  function sendAs(sender: PortalClient, field: TextField, text: string): Promise<PortalAnswer> {
    const address = addressOf(field, text);
    const body = field.place === 'body' ? field.bodyWith(text) : {};
    if (field.path === '/identity/images' || field.path === '/right-holder-images') {
      return sender.sendBytes('POST', address, Buffer.from('picture'), { 'Content-Type': 'image/jpeg' });
    }
    if (field.method === 'GET') return sender.get(address);
    if (field.method === 'DELETE') return sender.delete(address);
    return field.method === 'PUT' ? sender.put(address, body) : sender.post(address, body);
  }

  const isNamed = (answer: PortalAnswer, { field }: TextField) =>
    answer.fields.some((each) => each.startsWith(`${field}: `));

  for (const [name, dirtied] of Object.entries(UNSTORABLE)) {
    it(`when a text holds ${name} › the answer names its field, and is never a fault of ours`, async () => {
      const wrong: string[] = [];
      for (const field of fields) {
        const text = dirtied(goodText(field.schema));
        // No address can hold half a character.
        if (field.place !== 'body' && !text.isWellFormed()) continue;
        const answer = await send(field, text);
        const named = answer.status === 422 && isNamed(answer, field);
        const isRight = field.place === 'path' ? [404, 422].includes(answer.status) : named;
        if (!isRight) wrong.push(`${field.method} ${field.path} ${field.field}: ${answer.status} ${answer.fields}`);
      }
      expect(wrong).to.deep.equal([]);
      expect(fields.filter(({ place }) => place === 'body')).to.have.length.above(40);
    });
  }

  for (const [name, dirtied] of Object.entries(UNSEEN)) {
    it(`when a text holds ${name} › answers as without, or names its field`, async () => {
      const wrong: string[] = [];
      for (const field of fields) {
        const text = goodText(field.schema);
        const [clean, dirty] = [await send(field, text), await send(field, dirtied(text))];
        const isRefused = dirty.status === 404 || (dirty.status === 422 && isNamed(dirty, field));
        const isSame = dirty.status !== 500 && dirty.status === clean.status && `${dirty.fields}` === `${clean.fields}`;
        // The same telephone again.
        const isRepeated = clean.status === 202 && dirty.code === 'sms-too-soon';
        if (!isRefused && !isSame && !isRepeated)
          wrong.push(`${field.method} ${field.path} ${field.field}: ${clean.status}, ${dirty.status} ${dirty.fields}`);
      }
      expect(wrong).to.deep.equal([]);
    });
  }
});

describe('texts of the ledger', function () {
  this.timeout(60_000);
  let ledger: TestLedger;
  before(async () => {
    ledger = await startLedger();
  });
  after(() => ledger.stop());

  async function send({ method, place, bodyWith, ...field }: TextField, text: string) {
    const address = addressOf({ method, place, bodyWith, ...field }, text);
    const options = place === 'body' ? { body: bodyWith(text) } : method === 'GET' ? {} : { body: {} };
    const { status, json } = await ledger.send(method, address.startsWith('/v1') ? address : `/v1${address}`, options);
    return { status, named: (json?.errors ?? []).map((each: { field: string }) => each.field) };
  }

  for (const [name, dirtied] of Object.entries({ ...UNSTORABLE, ...UNSEEN })) {
    it(`when a text holds ${name} › refuses it, names its field, and cleans nothing`, async () => {
      const wrong: string[] = [];
      for (const field of textFieldsOf((await ledger.send('GET', '/v1/openapi.json')).json)) {
        const good = goodText(field.schema);
        const text = dirtied(good);
        if (text === good || (field.place !== 'body' && !text.isWellFormed())) continue;
        const name = field.field.split('.').at(-1);
        const clean = await send(field, good);
        const dirty = await send(field, text);
        const isNamed = dirty.named.includes(name) && !clean.named.includes(name);
        // A cursor is opaque: there is no good one before there is a list.
        const isRight = [400, 422].includes(dirty.status) && (isNamed || name === 'after');
        if (!isRight)
          wrong.push(`${field.method} ${field.path} ${field.field}: ${clean.named}, ${dirty.status} ${dirty.named}`);
      }
      expect(wrong).to.deep.equal([]);
    });
  }
});
