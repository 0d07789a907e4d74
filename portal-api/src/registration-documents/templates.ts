// SPDX-License-Identifier: Apache-2.0
// Documents that applicants download filled in, sign, and upload again. The same facts give the same bytes.
import { renderDocx } from './render-docx.ts';
import { type TemplateFacts, type TemplatePerson, titleOf } from './template-facts.ts';
import { type TemplateKind, TITLES } from './template-names.ts';
import type { TemplateText } from './template-text.ts';
import { commissionContract } from './texts/commission-contract.ts';
import { cooperationAgreement } from './texts/cooperation-agreement.ts';
import { guarantee } from './texts/guarantee.ts';
import { legalEntityStatement } from './texts/legal-entity-statement.ts';
import { nonServicePledge } from './texts/non-service-pledge.ts';
import { nonServiceProof } from './texts/non-service-proof.ts';
import { powerOfAttorney } from './texts/power-of-attorney.ts';
import { serviceAgreement } from './texts/service-agreement.ts';
import { workDescription } from './texts/work-description.ts';

const TEXTS: Readonly<Record<TemplateKind, (facts: TemplateFacts) => TemplateText>> = {
  GUARANTEE: guarantee,
  NON_SERVICE_PLEDGE: nonServicePledge,
  NON_SERVICE_PROOF: nonServiceProof,
  COOPERATION_AGREEMENT: cooperationAgreement,
  LEGAL_ENTITY_STATEMENT: legalEntityStatement,
  SERVICE_AGREEMENT: serviceAgreement,
  COMMISSION_CONTRACT: commissionContract,
  POWER_OF_ATTORNEY: powerOfAttorney,
  WORK_DESCRIPTION: workDescription,
};

/** A DOCX on A4. */
export async function makeTemplate(kind: TemplateKind, facts: TemplateFacts): Promise<Buffer> {
  const written = cleanFacts(facts);
  const { siteName } = written;
  return await renderDocx({ title: TITLES[kind], work: titleOf(written), siteName, text: TEXTS[kind](written) });
}

function cleanFacts(facts: TemplateFacts): TemplateFacts {
  return {
    ...facts,
    title: cleanText(facts.title),
    siteName: cleanText(facts.siteName),
    owners: facts.owners.map(cleanPerson),
    authors: facts.authors.map(cleanPerson),
    applicants: facts.applicants.map(cleanPerson),
    agent: facts.agent && cleanPerson(facts.agent),
  };
}

function cleanPerson({ name, documentType, idNumber, address, phone, share }: TemplatePerson): TemplatePerson {
  return {
    name: cleanText(name),
    documentType,
    idNumber: cleanText(idNumber ?? ''),
    address: cleanText(address ?? ''),
    phone: cleanText(phone ?? ''),
    share,
  };
}

/** On one line, and without what XML cannot hold: a word processor refuses the whole document for one such character. */
function cleanText(text: string): string {
  return text
    .toWellFormed()
    .replace(/\s+/gu, ' ')
    .replace(/[\p{Cc}\ufffe\uffff]/gu, '')
    .trim();
}
