// SPDX-License-Identifier: Apache-2.0
// The files of an evidence package that tell of the past.
import { PROCESS_SECTION } from '@inkseal/verifier';
import { PERSON_PREFIX } from '../../parties/index.ts';
import { listedDocuments } from '../read-sections.ts';
import { isOfRegistration } from '../registration-content.ts';
import { englishArticles } from './articles.en.ts';
import { chineseArticles } from './articles.zh.ts';
import { requireBoundLog } from './bound-lines.ts';
import { englishCustody } from './custody.en.ts';
import { chineseCustody } from './custody.zh.ts';
import { malwareScanOf } from './custody-files.ts';
import type { DossierFacts } from './dossier-facts.ts';
import { environmentJson } from './environment.ts';

export function dossierFiles(facts: DossierFacts): { name: string; text: string }[] {
  requireBoundLog(facts);
  return [
    { name: 'articles.en.md', text: englishArticles(facts) },
    { name: 'articles.zh.md', text: chineseArticles(facts) },
    { name: 'custody.md', text: `${chineseCustody(facts)}\n---\n\n${englishCustody(facts)}` },
    ...(isOfRegistration(facts.sections) ? [{ name: 'dossier.json', text: registrationDossier(facts) }] : []),
    {
      name: 'environment.json',
      text: environmentJson(facts.environment, { ...facts, malwareScan: malwareScanOf(facts).state }),
    },
    ...(facts.identity
      ? [{ name: 'identity-record.json', text: `${JSON.stringify({ v: 1, ...facts.identity }, null, 2)}\n` }]
      : []),
    { name: 'owner-trail.jsonl', text: facts.ownerTrail.join('') },
    { name: 'process-log.jsonl', text: facts.processLog.join('') },
  ];
}

/** The form as it was frozen and put on record, people by their masked names, and where each document is. */
function registrationDossier({ sections, originals, documents }: DossierFacts): string {
  const open = sections.filter(({ name }) => !name.startsWith(PERSON_PREFIX) && !NOT_OF_FORM.includes(name));
  const files = [...originals, ...documents];
  const dossier = {
    v: 1,
    ...Object.fromEntries(open.map(({ name, content }) => [name, content])),
    documents: listedDocuments(sections).map((document) => {
      const file = files.find(({ sha256, isIncluded }) => isIncluded && sha256 === document.sha256);
      return { ...document, entry: file?.name ?? null };
    }),
  };
  return `${JSON.stringify(dossier, null, 2)}\n`;
}

const NOT_OF_FORM = ['files', 'documents', PROCESS_SECTION];
