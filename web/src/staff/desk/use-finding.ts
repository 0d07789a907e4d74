// SPDX-License-Identifier: Apache-2.0
// A form that looks for one record. What was found before goes as soon as another is asked for.
import { useMutation } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import type { FormFaults } from '../../kit/form.ts';

interface Finding<Found> {
  faults: FormFaults;
  ask: () => Promise<Found>;
  onFound: (found: Found | undefined) => void;
}

export function useFinding<Found>({ faults, ask, onFound }: Finding<Found>) {
  const find = useMutation({
    mutationFn: ask,
    onMutate: () => onFound(undefined),
    onSuccess: onFound,
    onError: faults.fail,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    faults.clear();
    find.mutate();
  };
  return { submit, isFinding: find.isPending };
}
