// SPDX-License-Identifier: Apache-2.0
// Loads the list of several trust files when there is one: most visitors bring none.
import { lazy, Suspense } from 'react';
import type { TrustListProps } from './trust-list.tsx';

const TrustList = lazy(async () => ({ default: (await import('./trust-list.tsx')).TrustList }));

export function TrustFiles(props: TrustListProps) {
  return (
    <Suspense fallback={null}>
      <TrustList {...props} />
    </Suspense>
  );
}
