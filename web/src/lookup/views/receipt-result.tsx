// SPDX-License-Identifier: Apache-2.0
// Loads the view of receipts when one is shown: most visitors never bring any.
import { lazy, Suspense } from 'react';
import type { ReceiptJudgement } from '../receipt.ts';
import type { Texts } from '../texts/index.ts';

const ReceiptView = lazy(async () => ({ default: (await import('./receipt-view.tsx')).ReceiptView }));

export function ReceiptResult(props: { readonly judgement: ReceiptJudgement; readonly texts: Texts }) {
  return (
    <Suspense fallback={null}>
      <ReceiptView {...props} />
    </Suspense>
  );
}
