// SPDX-License-Identifier: Apache-2.0
// What somebody who guessed an id would send to each route below a registration, its refund requests and receipts, and the events
// of a work's rights. Each request is one that the owner could send.
import type { Order } from './orders.ts';
import type { PortalAnswer, PortalClient } from './portal.ts';

export const LICENCE = {
  kind: 'LICENCE',
  licensee: '济南云鹤文化有限公司',
  exclusivity: 'EXCLUSIVE',
  rights: ['R05'],
  territory: '中国大陆',
  from: '2026-01-01',
};

/** What belongs to the owner. */
export interface Theirs {
  draft: Order;
  /** Returned and paid, with an open request for the money; so is the attestation. */
  returned: Order;
  attestation: Order;
  registered: Order;
  /** Of the registered work. */
  event: Order;
  /** Of its certificate. */
  shareLink: Order;
  /** Of several orders. */
  jointPayment: Order;
}

interface Try {
  of: keyof Theirs;
  /** Below the id, where the route names more than that. */
  end?(theirs: Theirs): string;
  body?(theirs: Theirs): object;
}

const sampleOf = ({ documents }: Order): string => documents.find(({ kind }: Order) => kind === 'SAMPLE').file.uploadId;
const nothing = () => ({});
const invoice = () => ({ nature: 'PERSON', name: '欧阳小明', email: 'a@example.org' });
const ask = () => ({ reason: '不再需要。' });

/** By method and path. The last ones end what they are about. */
export const TRIES: Readonly<Record<string, Try>> = {
  'get /registrations/{id}': { of: 'returned' },
  'put /registrations/{id}': {
    of: 'returned',
    body: ({ returned: { form, version } }) => ({ ...form, title: '改名', version }),
  },
  'post /registrations/{id}/completeness': { of: 'draft', body: nothing },
  'get /registrations/{id}/templates/{kind}': { of: 'draft', end: () => '/templates/GUARANTEE' },
  'get /registrations/{id}/files/{uploadId}/content': {
    of: 'returned',
    end: ({ returned }) => `/files/${sampleOf(returned)}/content`,
  },
  'get /registrations/{id}/files/{uploadId}/thumbnail': {
    of: 'returned',
    end: ({ returned }) => `/files/${sampleOf(returned)}/thumbnail`,
  },
  'get /registrations/{id}/certificate': { of: 'registered' },
  'get /registrations/{id}/package': { of: 'registered' },
  'get /registrations/{id}/bundle': { of: 'registered' },
  'get /registrations/{id}/receipt': { of: 'registered' },
  'get /attestations/{id}/receipt': { of: 'attestation' },
  'get /registrations/{id}/share-links': { of: 'registered' },
  'post /registrations/{id}/share-links': { of: 'registered', body: () => ({ days: 1 }) },
  'delete /registrations/{id}/share-links/{linkId}': {
    of: 'registered',
    end: ({ shareLink }) => `/share-links/${shareLink.id}`,
  },
  'get /works/{id}/rights-events': { of: 'registered' },
  'post /works/{id}/rights-events': { of: 'registered', body: () => ({ facts: LICENCE }) },
  'get /rights-events/{id}': { of: 'event' },
  'get /rights-events/{id}/bundle': { of: 'event' },
  'get /registrations/{id}/payments/current': { of: 'returned' },
  'get /registrations/{id}/payment-slip': { of: 'returned' },
  'get /attestations/{id}/payment-slip': { of: 'attestation' },
  'get /registrations/{id}/invoice-details': { of: 'returned' },
  'put /registrations/{id}/invoice-details': { of: 'returned', body: invoice },
  'delete /registrations/{id}/invoice-details': { of: 'returned' },
  'get /joint-payments/{id}': { of: 'jointPayment' },
  'get /registrations/{id}/refund-requests': { of: 'returned' },
  'post /registrations/{id}/refund-requests': { of: 'returned', body: ask },
  'post /registrations/{id}/refund-requests/withdrawal': { of: 'returned', body: nothing },
  'get /attestations/{id}/refund-requests': { of: 'attestation' },
  'post /attestations/{id}/refund-requests': { of: 'attestation', body: ask },
  'post /attestations/{id}/refund-requests/withdrawal': { of: 'attestation', body: nothing },
  'get /registrations/{id}/version-requests': { of: 'registered' },
  'post /registrations/{id}/version-requests': {
    of: 'registered',
    body: () => ({ kind: 'REISSUE', reason: '证书遗失。' }),
  },
  'post /registrations/{id}/version-requests/withdrawal': { of: 'registered', body: nothing },
  'post /registrations/{id}/submission': {
    of: 'draft',
    body: ({ draft: { version, fee } }) => ({ version, priceFen: fee.priceFen }),
  },
  'post /registrations/{id}/payments': { of: 'draft', body: () => ({ channel: 'sandbox' }) },
  'delete /registrations/{id}': { of: 'draft' },
  'post /registrations/{id}/resubmission': { of: 'returned', body: ({ returned: { version } }) => ({ version }) },
  'post /registrations/{id}/withdrawal': { of: 'returned', body: nothing },
};

/** Whether the operation has to be among them. */
export const isTried = ({ path }: { path: string }): boolean =>
  /^\/registrations\/\{id\}|^\/joint-payments\/|\/refund-requests|\/receipt$|\/payment-slip$|\/rights-events/.test(
    path,
  ) && !path.startsWith('/staff');

export function sendGuess(by: PortalClient, name: string, theirs: Theirs): Promise<PortalAnswer> {
  const [method, pattern = ''] = name.split(' ');
  const made = TRIES[name];
  if (!made) throw new Error(`nothing is tried at ${name}`);
  const { id, workId } = theirs[made.of];
  const [begin = '', end = ''] = pattern.split('{id}');
  const address = begin + (begin === '/works/' ? workId : id) + (made.end?.(theirs) ?? end);
  if (method === 'get') return by.get(address);
  if (method === 'delete') return by.delete(address);
  const body = made.body?.(theirs);
  return method === 'put' ? by.put(address, body) : by.post(address, body);
}
