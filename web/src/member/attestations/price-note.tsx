// SPDX-License-Identifier: Apache-2.0
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { call } from '../../api/client.ts';
import { fill } from '../../i18n/fill.ts';
import { useAttestationText } from '../../orders/i18n.ts';
import { useAmountWords } from '../../orders/price-words.ts';

/** Of an attestation, as of now. An order that came back costs nothing again. */
export function usePrice({ isReturned }: { isReturned: boolean }) {
  const quotes = useQuery({
    queryKey: ['quotes'],
    queryFn: ({ signal }) => call('get', '/quotes', { signal }),
    enabled: !isReturned,
  });
  const quote = quotes.data?.attestation;
  return { quote, fen: quote?.priceFen, isUnknown: quotes.isError, retry: () => void quotes.refetch() };
}

/** Before the content is fixed everybody knows what it costs. */
export function PriceNote({ price: { quote, isUnknown, retry } }: { price: ReturnType<typeof usePrice> }) {
  const text = useAttestationText();
  const amountWords = useAmountWords();
  const discount = quote?.discount ? { ...quote.discount, listFen: quote.listFen } : null;
  return (
    <>
      {quote && <strong>{fill(text.price, { amount: amountWords(quote.priceFen, discount) })}</strong>}
      {isUnknown && (
        <Button type="link" onClick={retry}>
          {text.priceUnknown}
        </Button>
      )}
    </>
  );
}
