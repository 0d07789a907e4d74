// SPDX-License-Identifier: Apache-2.0
// Every text that the OpenAPI documents of both services list, sent with what no text may hold.
import { expect } from 'chai';
import { startLedger, type TestLedger } from '../support/ledger.ts';
import { type TextField, textFieldsOf } from '../support/openapi-fields.ts';
import { type OrdersPortal, startOrdersPortal } from '../support/orders.ts';
import type { PortalAnswer, PortalClient } from '../support/portal.ts';

/** Some id that nobody has, for the parts of an address that are not looked at. */
const SOME_ID = '0199c1f0-0000-7000-8000-000000000000';
const PLACES: Record<string, string> = { channel: 'sandbox', number: '1', outTradeNo: '123456' };
const addressOf = ({ path, field, place }: TextField, text: string): string => {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(place === 'path' && name === field ? text : (PLACES[name] ?? SOME_ID)),
  );
  return place === 'query' ? `${filled}?${field}=${encodeURIComponent(text)}` : filled;
};

describe('texts of the portal', function () {
  this.timeout(60_000);
  let portal: OrdersPortal;
  let senders: [member: PortalClient, reviewer: PortalClient];
  let fields: TextField[];
  before(async () => {
    portal = await startOrdersPortal({});
    senders = [await portal.member({ verified: true }), await portal.reviewer()];
    await portal.db.query(
      `INSERT INTO account_role (account_id, role, granted_by)
       SELECT account_id, 'admin', 'test' FROM account_role WHERE role = 'reviewer'`,
    );
    fields = textFieldsOf((await portal.visitor().get('/openapi.json')).body);
  });
  after(() => portal.stop());

  /** By whoever is allowed to. */
  async function send(field: TextField, text: string): Promise<PortalAnswer> {
    const [member, reviewer] = senders;
    const answer = await sendAs(member, field, text);
    return answer.status === 403 ? sendAs(reviewer, field, text) : answer;
  }

  function sendAs(sender: PortalClient, field: TextField, text: string): Promise<PortalAnswer> {
    const address = addressOf(field, text);
    const body = field.place === 'body' ? field.bodyWith(text) : {};
    if (field.path === '/identity/images') {
      return sender.sendBytes('POST', address, Buffer.from('picture'), { 'Content-Type': 'image/jpeg' });
    }
    if (field.method === 'GET') return sender.get(address);
    if (field.method === 'DELETE') return sender.delete(address);
    return field.method === 'PUT' ? sender.put(address, body) : sender.post(address, body);
  }

  for (const [name, text] of [
    ['a NUL', '1\0x'],
    ['half a character', '1\ud800x'],
  ] as const) {
    it(`when a text holds ${name} › the answer names its field, and is never a fault of ours`, async () => {
      const wrong: string[] = [];
      for (const field of fields) {
        // No address can hold half a character.
        if (field.place !== 'body' && !text.isWellFormed()) continue;
        const answer = await send(field, text);
        const isNamed = answer.fields.some((each) => each.startsWith(`${field.field}: `));
        const isRight = field.place === 'path' ? [404, 422].includes(answer.status) : answer.status === 422 && isNamed;
        if (!isRight) wrong.push(`${field.method} ${field.path} ${field.field}: ${answer.status} ${answer.fields}`);
      }
      expect(wrong).to.deep.equal([]);
      expect(fields.filter(({ place }) => place === 'body')).to.have.length.above(40);
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

  it('when a text holds a NUL › the answer names its field, and is never a fault of ours', async () => {
    const document = (await ledger.send('GET', '/v1/openapi.json')).json;
    const wrong: string[] = [];
    for (const field of textFieldsOf(document)) {
      const address = addressOf(field, '1\0x');
      const body = field.place === 'body' ? field.bodyWith('1\0x') : {};
      const options = field.method === 'GET' ? {} : { body };
      const { status } = await ledger.send(
        field.method,
        address.startsWith('/v1') ? address : `/v1${address}`,
        options,
      );
      if (![400, 404, 422].includes(status)) wrong.push(`${field.method} ${field.path} ${field.field}: ${status}`);
    }
    expect(wrong).to.deep.equal([]);
  });
});
