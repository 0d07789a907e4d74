// SPDX-License-Identifier: Apache-2.0
import { Button } from 'antd';
import { useEffect, useState } from 'react';
import { toApiError } from '../../api/api-error.ts';
import type { Payment } from '../../api/attestations.ts';
import { fill } from '../../i18n/fill.ts';
import { ErrorList } from '../../kit/error-list.tsx';
import { formatFen } from '../../kit/money.ts';
import { QrCode } from '../../kit/qr.tsx';
import { useAttestationText } from '../../orders/i18n.ts';
import { usePayText } from './pay-text.ts';
import { formatLeft } from './time-left.ts';

interface PaymentSheetProps {
  /** Of one order, or of several. */
  payment: Pick<Payment, 'channel' | 'amountFen' | 'codeUrl' | 'payUrl' | 'createdAt' | 'expiresAt'> & {
    state: string;
  };
  renew: { mutate: () => void; isPending: boolean; error: unknown };
}

/** After this long the page says again that a payment need not be made twice. */
const PATIENCE_MS = 60_000;

export function PaymentSheet({ payment, renew }: PaymentSheetProps) {
  const text = useAttestationText();
  const now = useNow();
  const left = Math.max(0, Date.parse(payment.expiresAt) - now);
  const whole = Date.parse(payment.expiresAt) - Date.parse(payment.createdAt);
  const isLive = left > 0 && (payment.state === 'CREATED' || payment.state === 'WAITING');
  // The page moves on at once: the code is not over.
  const isPaid = payment.state === 'PAID';
  const isSlow = now - Date.parse(payment.createdAt) > PATIENCE_MS;
  const isSandbox = payment.channel === 'sandbox';
  const pay = usePayText();
  const words = codeless(payment) ? pay.phone : text;
  const channel = text.shortChannels[payment.channel] ?? '';
  return (
    <div className="pay-sheet">
      <div>
        <div className="small">{text.fee}</div>
        <div className="pay-amount">{formatFen(payment.amountFen)}</div>
        {isSandbox && <div className="small">{text.sandbox}</div>}
      </div>
      {isLive && payment.codeUrl && <QrCode text={payment.codeUrl} label={text.qrAlt} />}
      {isLive && payment.codeUrl && !isSandbox && <p className="small">{fill(pay.scanWith, { channel })}</p>}
      {isPaid && (
        <p className="notice notice-done" role="status">
          {text.paidNow}
        </p>
      )}
      {!isLive && !isPaid && (
        <div className="qr-expired" role="alert">
          {words.expired}
        </div>
      )}
      {isLive && <Countdown left={left} whole={whole} words={words} />}
      {isLive && (
        <p className="waiting" role="status">
          {isSlow ? text.notYet : words.waiting}
        </p>
      )}
      <div className="pay-buttons">
        {isLive && payment.payUrl && (
          <Button
            type="primary"
            size="large"
            href={payment.payUrl}
            target="_blank"
            rel="noopener"
            // WeChat Pay opens for pages of the registered site alone, which it knows by the referrer.
            referrerPolicy="origin"
          >
            {isSandbox ? text.openPay : fill(pay.openApp, { channel })}
          </Button>
        )}
        <Button
          size="large"
          disabled={isPaid}
          type={isLive ? 'default' : 'primary'}
          loading={renew.isPending}
          onClick={renew.mutate}
        >
          {words.renew}
        </Button>
      </div>
      {renew.error !== null && <ErrorList error={toApiError(renew.error)} />}
    </div>
  );
}

/** On a telephone that opens the app, there is nothing to scan. */
export const codeless = ({ codeUrl, payUrl }: Pick<Payment, 'codeUrl' | 'payUrl'>): boolean => !codeUrl && !!payUrl;

interface CountdownProps {
  left: number;
  whole: number;
  words: { expiresIn: string; expiringSoon: string };
}

function Countdown({ left, whole, words: text }: CountdownProps) {
  const minutes = Math.ceil(left / 60_000);
  // Read out at five minutes and at one, and not each second.
  const isAnnounced = minutes === 5 || minutes === 1;
  return (
    <div>
      <p aria-hidden="true">{fill(text.expiresIn, { time: formatLeft(left) })}</p>
      <div className="pay-bar" aria-hidden="true">
        <div style={{ width: `${Math.min(100, (left / whole) * 100)}%` }} />
      </div>
      <span role="status" className="visually-hidden">
        {isAnnounced && fill(text.expiringSoon, { minutes })}
      </span>
    </div>
  );
}

function useNow(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
