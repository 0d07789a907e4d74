// SPDX-License-Identifier: Apache-2.0
// What goes, or went, on record, for members and staff: read only.
import type { Attestation, AttestationForm } from '../api/attestations.ts';
import { fill } from '../i18n/fill.ts';
import { useKitText } from '../kit/i18n.ts';
import { Facts } from '../kit/section.tsx';
import { holderName, withShare } from './holder-name.ts';
import { type AttestationText, useAttestationText } from './i18n.ts';
import { useKinds } from './kinds.ts';

interface ContentFactsProps {
  form: AttestationForm;
  self: string;
  rightHolders: Attestation['rightHolders'];
}

/** `self` is the name of the member, in full or masked. */
export function ContentFacts({ form, self, rightHolders }: ContentFactsProps) {
  const text = useAttestationText();
  const { comma } = useKitText();
  const kinds = useKinds();
  const nameOf = (each: AttestationForm['authors'][number]) => {
    if (each.source === 'self') return self;
    return each.source === 'named' ? each.name : holderName(each.rightHolderId, rightHolders, text);
  };
  return (
    <Facts
      rows={[
        [text.name, form.title],
        [text.depositors, form.depositors.map((each) => withShare(nameOf(each), each, text)).join(comma)],
        [text.authors, form.authors.map(nameOf).join(comma)],
        [text.intro, form.intro],
        [
          text.creationNature,
          `${form.creationNature ? text.creationNatures[form.creationNature] : ''} ${form.creationNote}`,
        ],
        [text.workType, `${form.workType ? kinds.workTypes[form.workType] : ''} ${form.workTypeNote}`],
        [text.tags, form.tags.join(comma)],
        [text.acquisition, form.acquisition ? text.acquisitions[form.acquisition] : ''],
        [text.term, termOf(form, text)],
        [text.completedOn, form.completedOn ?? ''],
      ]}
    />
  );
}

function termOf({ term }: AttestationForm, text: AttestationText): string {
  if (!term) return '';
  if (term.kind === 'PERMANENT') return text.permanent;
  return fill(text.fixedTerm, { from: term.from ?? '', to: term.to ?? '' });
}
