// SPDX-License-Identifier: Apache-2.0
// 份额 of a depositor or owner: typed as a percentage, kept in hundredths of a percent.
import { percentOf, WHOLE_SHARE } from '@inkseal/verifier';
import { InputNumber } from 'antd';
import { fill } from '../../i18n/fill.ts';
import { useAttestationText } from '../../orders/i18n.ts';
import { basisPointsIn } from './shares.ts';

export interface ShareInputProps {
  id: string;
  label: string;
  share: number | undefined;
  isFaulty: boolean;
  describedBy: string | undefined;
  onChange: (share: number | undefined) => void;
}

export function ShareInput({ id, label, share, isFaulty, describedBy, onChange }: ShareInputProps) {
  const text = useAttestationText();
  return (
    <InputNumber<number>
      id={id}
      className="person-share"
      aria-label={label}
      aria-describedby={describedBy}
      placeholder={text.share}
      suffix="%"
      controls={false}
      {...(isFaulty && { status: 'error' as const })}
      min={1}
      max={WHOLE_SHARE}
      precision={0}
      value={share ?? null}
      formatter={(value, { userTyping, input }) => (userTyping || !value ? input : percentOf(Number(value)))}
      parser={(typed) => basisPointsIn(typed ?? '') ?? Number.NaN}
      onChange={(typed) => onChange(typed ?? undefined)}
    />
  );
}

/** How much the shares are together; nothing while one person has the whole. */
export function ShareTotal({ people }: { people: readonly { shareBasisPoints?: number }[] }) {
  const text = useAttestationText();
  const shares = people.flatMap(({ shareBasisPoints }) => shareBasisPoints ?? []);
  if (shares.length === 0) return people.length > 1 && <span className="small share-total">{text.shareHint}</span>;
  const total = shares.reduce((sum, share) => sum + share, 0);
  const sentence = total === WHOLE_SHARE ? text.shareWhole : text.shareTotal;
  return (
    <span className="small share-total" role="status">
      {fill(sentence, { percent: percentOf(total) })}
    </span>
  );
}
