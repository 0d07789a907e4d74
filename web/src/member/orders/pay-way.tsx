// SPDX-License-Identifier: Apache-2.0
// 支付方式: which provider, and whether by a code to scan or on the telephone that shows the page.
import type { QueryClient } from '@tanstack/react-query';
import { Button, Radio } from 'antd';
import { call } from '../../api/client.ts';
import type { components } from '../../api/schema.gen.ts';
import { fill } from '../../i18n/fill.ts';
import { useAttestationText } from '../../orders/i18n.ts';
import { usePayText } from './pay-text.ts';

export type Channel = components['schemas']['PaymentChannels']['channels'][number];

export interface PayWay {
  channel: Channel;
  onPhone: boolean;
}

/** What the site takes payments by; it changes with its settings alone. */
export const CHANNELS_QUERY = {
  queryKey: ['payment-channels'],
  queryFn: () => call('get', '/payment-channels', {}),
  staleTime: Number.POSITIVE_INFINITY,
};

/** Whoever holds the screen in their hand cannot scan it. */
export const isPhone = (): boolean => matchMedia('(pointer: coarse), (max-width: 640px)').matches;

/** The one that was chosen before, as long as it is offered. */
export function channelOf(channels: readonly Channel[], payment: { channel: string } | null): Channel {
  return channels.find((channel) => channel === payment?.channel) ?? channels[0] ?? 'sandbox';
}

/** Where nobody has chosen yet. */
export async function usualWay(queries: QueryClient): Promise<PayWay> {
  const { channels } = await queries.fetchQuery(CHANNELS_QUERY);
  return { channel: channelOf(channels, null), onPhone: isPhone() };
}

interface PayWayChoiceProps {
  channels: readonly Channel[];
  way: PayWay;
  onChoose: (way: PayWay) => void;
  isBusy?: boolean;
}

/** Nothing where there is one way alone. */
export function PayWayChoice({ channels, way, onChoose, isBusy = false }: PayWayChoiceProps) {
  const { shortChannels } = useAttestationText();
  const text = usePayText();
  const options = channels.map((channel) => ({ value: channel, label: shortChannels[channel] ?? channel }));
  // The simulated one has both on one page.
  const hasBoth = isPhone() && way.channel !== 'sandbox';
  return (
    <>
      {channels.length > 1 && (
        <fieldset className="pay-ways">
          <legend>{text.payWay}</legend>
          <Radio.Group
            optionType="button"
            buttonStyle="solid"
            size="large"
            disabled={isBusy}
            options={options}
            value={way.channel}
            onChange={({ target }) => onChoose({ ...way, channel: target.value })}
          />
        </fieldset>
      )}
      {hasBoth && (
        <p className="pay-other">
          <Button type="link" disabled={isBusy} onClick={() => onChoose({ ...way, onPhone: !way.onPhone })}>
            {way.onPhone ? text.useCode : fill(text.openApp, { channel: shortChannels[way.channel] ?? '' })}
          </Button>
        </p>
      )}
    </>
  );
}
