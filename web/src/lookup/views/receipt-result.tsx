// SPDX-License-Identifier: Apache-2.0
// Loads the view of receipts when one is shown: most visitors never bring any.
import { lazy, Suspense } from 'react';
import type { ReceiptJudgement } from '../receipt.ts';
import type { Texts } from '../texts/index.ts';
import type { NamedBytes } from '../trust.ts';

const ReceiptView = lazy(async () => ({ default: (await import('./receipt-view.tsx')).ReceiptView }));

interface ReceiptProps {
  readonly judgement: ReceiptJudgement;
  readonly texts: Texts;
  readonly onRemoveTrust: (given: NamedBytes) => void;
}

export function ReceiptResult(props: ReceiptProps) {
  return (
    <Suspense fallback={null}>
      <ReceiptView {...props} />
    </Suspense>
  );
}
