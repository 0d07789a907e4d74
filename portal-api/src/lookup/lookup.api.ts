// SPDX-License-Identifier: Apache-2.0
import { publicEarlierSchema } from '../earlier-certificates/index.ts';
import { operation } from '../http/operation.ts';
import { PROOF_TYPES, TRUST_TYPES } from '../http/proof-media.ts';
import {
  codeBody,
  digestQuery,
  earlierQuery,
  lookupAnswerSchema,
  matchesSchema,
  numberParams,
  printedNumberParams,
  tokenBody,
  unlockedAnswerSchema,
} from './lookup.schema.ts';

export const ABSENCE_TYPE = 'application/vnd.inkseal.absence+json;v=1';

export const lookupApi = {
  byNumber: operation({
    method: 'get',
    path: '/lookup/{number}',
    summary: 'What a certificate, order, document or registration number shows to anybody',
    access: 'anyone',
    limit: 'lookup',
    params: printedNumberParams,
    answer: lookupAnswerSchema,
    errors: ['number-not-found', 'number-burned', 'ledger-unavailable'],
  }),
  shared: operation({
    method: 'post',
    path: '/lookup/shared',
    summary: 'What a share link shows: the same as the code of its certificate; the opening is counted',
    access: 'anyone',
    limit: 'lookup-code',
    body: tokenBody,
    answer: unlockedAnswerSchema,
    errors: [
      'share-link-unknown',
      'share-link-ended',
      'share-link-expired',
      'share-link-used-up',
      'stored-object-damaged',
    ],
  }),
  byCode: operation({
    method: 'post',
    path: '/lookup/{number}',
    summary: 'The same with the disclosed content, for anyone with the code of the certificate',
    access: 'anyone',
    limit: 'lookup-code',
    params: numberParams,
    body: codeBody,
    answer: unlockedAnswerSchema,
    errors: ['lookup-code-invalid', 'stored-object-damaged'],
  }),
  bundle: operation({
    method: 'get',
    path: '/lookup/{number}/bundle',
    summary: 'The proof of a certificate number, without its content, byte for byte',
    access: 'anyone',
    limit: 'lookup',
    params: numberParams,
    media: PROOF_TYPES,
    errors: ['number-not-found', 'ledger-unavailable', 'stored-object-damaged'],
  }),
  absence: operation({
    method: 'get',
    path: '/lookup/{number}/absence',
    summary: 'The proof that a certificate number was never issued so far',
    access: 'anyone',
    limit: 'lookup',
    params: numberParams,
    media: ABSENCE_TYPE,
    errors: ['state-conflict', 'ledger-unavailable'],
  }),
  trust: operation({
    method: 'get',
    path: '/lookup/trust',
    summary: "The operator's trust file, to be compared with what the validators publish",
    access: 'anyone',
    limit: 'lookup',
    media: TRUST_TYPES,
    errors: ['ledger-unavailable'],
  }),
  earlier: operation({
    method: 'get',
    path: '/lookup/earlier',
    summary: 'What was imported of a certificate that another system issued; nothing of it is proven here',
    access: 'anyone',
    limit: 'lookup',
    query: earlierQuery,
    answer: publicEarlierSchema,
    errors: ['number-not-found'],
  }),
  byDigest: operation({
    method: 'get',
    path: '/lookup',
    summary: 'Which certificates name a file, or stand for a manifest; number and time only',
    access: 'anyone',
    query: digestQuery,
    answer: matchesSchema,
  }),
};
