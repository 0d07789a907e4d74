// SPDX-License-Identifier: Apache-2.0
import type { Request } from 'express';
import { worksWithoutOrder } from '../attestations/index.ts';
import { type Quote, type Quotes, quotedDiscount } from '../discounts/index.ts';
import type { Domain } from '../domain.ts';
import { DomainError } from '../errors.ts';
import { type Endpoint, endpoint } from '../http/endpoint.ts';
import { memberOf, type Owner } from '../http/members.ts';
import { titleIn } from '../orders/index.ts';
import { sendPaper } from '../papers.ts';
import { type ApplicantSources, applicantsOf } from '../parties/index.ts';
import type { Platform } from '../platform.ts';
import type { ChosenHolders } from '../right-holders/index.ts';
import { isOwnRecord } from '../works/index.ts';
import { counterApi } from './counter.api.ts';
import { listFilings, readFiling } from './counter.view.ts';
import { type Draft, fileOrder, findDraft, type Submit } from './file-order.ts';
import { findMember, type MakingParts, makeOrder } from './make-order.ts';
import { keepMandate, readMandate, storedMandates } from './mandates.ts';

/** More than one can choose from in a list. */
const MAX_WORKS = 200;

interface CounterNeeds extends ApplicantSources {
  attestations: { submit: Submit; file: MakingParts['file'] };
  registrations: { submit: Submit; feeOf(draft: Draft): Promise<Price> };
  quotes: Quotes;
  rightHolders: ApplicantSources['rightHolders'] & Pick<ChosenHolders, 'list'>;
}

type Price = Pick<Quote, 'priceFen' | 'discount'>;

type CounterPlatform = Pick<Platform, 'db' | 'vault'>;

export function openCounter(platform: CounterPlatform, needs: CounterNeeds): Domain {
  const { db, vault } = platform;
  const submit = { attestation: needs.attestations.submit, registration: needs.registrations.submit };
  return {
    endpoints: [
      endpoint(counterApi.list, async () => ({ items: await listFilings(db.prisma) })),
      endpoint(counterApi.addMandate, async ({ bytes, req }) => ({
        id: await keepMandate(db.prisma, vault, memberOf(req).id, bytes),
      })),
      endpoint(counterApi.file, async ({ body: form, req }) =>
        readFiling(db.prisma, await fileOrder({ db, submit }, { staffId: memberOf(req).id, form })),
      ),
      endpoint(counterApi.make, async ({ body: form, req }) => {
        const parts = { db, file: needs.attestations.file };
        return readFiling(db.prisma, await makeOrder(parts, { staffId: memberOf(req).id, form }));
      }),
      ...lookEndpoints(platform, needs),
    ],
    stored: [storedMandates(db, vault)],
  };
}

function lookEndpoints({ db, vault }: CounterPlatform, needs: CounterNeeds): Endpoint[] {
  const { person } = applicantsOf(needs);
  const nameOf = async (owner: Owner): Promise<string> => {
    const found = await person(owner);
    if (!found) throw new DomainError('identity-required');
    return found.nameMasked;
  };
  const priceOf = (draft: Draft): Promise<Price> =>
    draft.kind === 'attestation'
      ? needs.quotes.quote(db.prisma, draft.kind, draft.owner)
      : needs.registrations.feeOf(draft);
  /** Written before anything is shown. */
  const note = (req: Request, action: string, subject: string) =>
    db.transaction(async (tx) => tx.record({ actor: `account:${memberOf(req).id}`, action, subject }));
  return [
    endpoint(counterApi.find, async ({ params: { orderNumber }, query: { userNumber }, req }) => {
      const draft = await findDraft(db, { orderNumber, userNumber });
      const applicant = await nameOf(draft.owner);
      await note(req, 'counter-filing.look', `${draft.kind}:${draft.id}`);
      const price = await priceOf(draft);
      return {
        ...{ kind: draft.kind, orderNumber, userNumber, title: titleIn(draft.form), files: draft.files },
        applicant,
        priceFen: price.priceFen,
        discount: quotedDiscount(price),
        isOwn: await isOwnRecord(db.prisma, draft.owner, memberOf(req).id),
      };
    }),
    endpoint(counterApi.member, async ({ params: { userNumber }, req }) => {
      const owner = await findMember(db, userNumber);
      const applicant = await nameOf(owner);
      await note(req, 'counter-filing.look', `account:${owner.accountId}`);
      const price = await needs.quotes.quote(db.prisma, 'attestation', owner);
      const holders = await needs.rightHolders.list(db.prisma, owner);
      return {
        ...{ userNumber, applicant, priceFen: price.priceFen, discount: quotedDiscount(price) },
        isOwn: owner.accountId === memberOf(req).id,
        works: await worksWithoutOrder(db.prisma, owner, MAX_WORKS),
        holders: holders.map(({ id, roles, nameMasked, numberMasked, documentState }) => ({
          ...{ id, roles, name: nameMasked, documentNumber: numberMasked },
          isExpired: documentState === 'EXPIRED',
        })),
      };
    }),
    endpoint(counterApi.mandate, async ({ params: { id }, req, res }) => {
      const { mediaType, bytes } = await readMandate(db.prisma, vault, id);
      await note(req, 'counter-filing.look-at-mandate', `counter-filing:${id}`);
      sendPaper(res, { disposition: `attachment; filename="mandate.${mediaType.split('/')[1]}"`, mediaType, bytes });
      return undefined;
    }),
  ];
}
