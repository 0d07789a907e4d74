// SPDX-License-Identifier: Apache-2.0
import type { Attestation } from '../api/attestations.ts';
import { fill } from '../i18n/fill.ts';
import type { About } from '../kit/about.ts';
import { useAttestationText } from './i18n.ts';

/** The name of a field of the attestation form by its path; reviewers and applicants read the same. */
export function useLabelOf(): (field: string) => string {
  const text = useAttestationText();
  const labels: Record<string, string> = {
    title: text.name,
    intro: text.intro,
    depositors: text.depositors,
    authors: text.authors,
    shares: text.share,
    creationNature: text.creationNature,
    creationNote: text.creationNote,
    workType: text.workType,
    workTypeNote: text.workTypeNote,
    tags: text.tags,
    acquisition: text.acquisition,
    term: text.term,
    'term.from': text.termFrom,
    'term.to': text.termTo,
    completedOn: text.completedOn,
    files: text.files,
    display: text.display,
  };
  return (field) => {
    const [root = '', index, part] = field.split('.');
    const number = Number(index) + 1;
    if (root === 'files' && index !== undefined) return fill(text.fileNumber, { number });
    if (root === 'display' && index !== undefined) return fill(text.displayNumber, { number });
    if (root === 'depositors' && index !== undefined) {
      const name = fill(text.depositor, { number });
      return part === 'shareBasisPoints' ? fill(text.shareOf, { name }) : name;
    }
    if (root === 'authors' && index !== undefined) return fill(text.author, { number });
    return labels[field] ?? labels[root] ?? field;
  };
}

/** For the tab of a page about this order. */
export function aboutOf({ form, orderNumber }: Pick<Attestation, 'form' | 'orderNumber'>): About {
  return { title: form.title, number: orderNumber };
}
