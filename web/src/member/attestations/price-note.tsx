// SPDX-License-Identifier: Apache-2.0
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { call } from '../../api/client.ts';
import { fill } from '../../i18n/fill.ts';
import { formatFen } from '../../kit/money.ts';
import { useAttestationText } from '../../orders/i18n.ts';

/** Of an attestation, as of now. An order that came back costs nothing again. */
export function usePrice({ isReturned }: { isReturned: boolean }) {
  const prices = useQuery({
    queryKey: ['prices'],
    queryFn: ({ signal }) => call('get', '/prices', { signal }),
    enabled: !isReturned,
  });
  return { fen: prices.data?.attestationFen, isUnknown: prices.isError, retry: () => void prices.refetch() };
}

/** Before the content is fixed everybody knows what it costs. */
export function PriceNote({ price: { fen, isUnknown, retry } }: { price: ReturnType<typeof usePrice> }) {
  const text = useAttestationText();
  return (
    <>
      {fen !== undefined && <strong>{fill(text.price, { amount: formatFen(fen) })}</strong>}
      {isUnknown && (
        <Button type="link" onClick={retry}>
          {text.priceUnknown}
        </Button>
      )}
    </>
  );
}
