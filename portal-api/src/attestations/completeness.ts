// SPDX-License-Identifier: Apache-2.0
// What a submission demands and a draft may lack: every fault of every field at once.
import type { FieldCode, FieldError } from '../errors.ts';
import { choiceFaults, shareFaults } from '../parties/index.ts';
import type { AttestationForm } from './attestations.schema.ts';

export function completenessFaults(form: AttestationForm): FieldError[] {
  const faults: FieldError[] = [];
  const add = (field: string, code: FieldCode, isWrong: boolean) => {
    if (isWrong) faults.push({ field, code });
  };
  const needsNote = form.creationNature !== null && form.creationNature !== 'ORIGINAL';
  add('title', 'missing', form.title === '');
  add('depositors', 'missing', form.depositors.length === 0);
  add('authors', 'missing', form.authors.length === 0);
  add('creationNature', 'missing', form.creationNature === null);
  add('creationNote', 'missing', needsNote && form.creationNote === '');
  add('workType', 'missing', form.workType === null);
  add('workTypeNote', 'missing', form.workType === 'OTHER' && form.workTypeNote === '');
  add('tags', 'missing', form.tags.length === 0);
  add('acquisition', 'missing', form.acquisition === null);
  add('completedOn', 'missing', form.completedOn === null);
  add('files', 'missing', form.files.length === 0);
  return [
    ...faults,
    ...choiceFaults('depositors', form.depositors),
    ...shareFaults('depositors', form.depositors),
    ...choiceFaults('authors', form.authors),
    ...termFaults(form),
  ];
}

function termFaults({ term }: AttestationForm): FieldError[] {
  if (term === null) return [{ field: 'term', code: 'missing' }];
  if (term.kind === 'PERMANENT') return [];
  const { from, to } = term;
  const missing = (field: string, day: string | null): FieldError[] =>
    day === null ? [{ field, code: 'missing' }] : [];
  const isReversed = from !== null && to !== null && to <= from;
  return [
    ...missing('term.from', from),
    ...missing('term.to', to),
    ...(isReversed ? [{ field: 'term.to', code: 'out-of-range' } as const] : []),
  ];
}
