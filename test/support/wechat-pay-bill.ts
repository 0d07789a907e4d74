// SPDX-License-Identifier: Apache-2.0
// The trade bill that WeChat Pay on loopback makes of a day.
import type { Books } from './payment-provider.ts';

const HEADER =
  '交易时间,公众账号ID,商户号,微信订单号,商户订单号,交易类型,交易状态,货币种类,应结订单金额,商户退款单号,退款状态,商品名称,订单金额,申请退款金额';

export function billOf({ trades, faults }: Books, day: string): string {
  const isOn = (at: Date | undefined) =>
    at !== undefined && new Date(at.getTime() + 8 * 3_600_000).toISOString().startsWith(day);
  const yuan = (fen: number) => (fen / 100).toFixed(2);
  const lines = [...trades.values()].flatMap((trade) => {
    const { outTradeNo, tradeNo, paidAt, refunds } = trade;
    const amount = yuan(faults.statedFen ?? trade.amountFen);
    const line = (state: string, [refundNo, refundState, back]: string[]) =>
      [
        day,
        'wx0123456789abcdef',
        '1900000001',
        tradeNo,
        outTradeNo,
        'NATIVE',
        state,
        'CNY',
        amount,
        refundNo,
        refundState,
        '服务,费',
        amount,
        back,
      ]
        .map((value) => `\`${value}`)
        .join(',');
    return [
      ...(isOn(paidAt) ? [line('SUCCESS', ['0', '', '0.00'])] : []),
      ...refunds
        .filter(({ at }) => isOn(at))
        .map((each) => line('REFUND', [each.refundNo, 'SUCCESS', yuan(each.amountFen)])),
    ];
  });
  const sums = lines.length > 0 ? ['总交易单数,应结订单总金额', `\`${lines.length},\`0.00`] : [];
  return `\uFEFF${[HEADER, ...lines, ...sums, ''].join('\r\n')}`;
}
