// SPDX-License-Identifier: Apache-2.0
// Loads the list of the visitor's trust files when there is one: most visitors bring none.
import { lazy, Suspense } from 'react';
import { isNothingGiven } from '../trust.ts';
import type { TrustListProps } from './trust-list.tsx';

const TrustList = lazy(async () => ({ default: (await import('./trust-list.tsx')).TrustList }));

export function TrustFiles(props: TrustListProps) {
  if (isNothingGiven(props.given)) return null;
  return (
    <Suspense fallback={null}>
      <TrustList {...props} />
    </Suspense>
  );
}
