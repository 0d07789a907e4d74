// SPDX-License-Identifier: Apache-2.0
// A portal that takes money through providers on loopback, and members who pay there.
import { startAlipay, type TestAlipay } from './alipay.ts';
import { eventually } from './eventually.ts';
import { type Order, type OrdersPortal, startOrdersPortal } from './orders.ts';
import type { Trade } from './payment-provider.ts';
import { expectStatus, type PortalClient } from './portal.ts';
import { startWechatPay, type TestWechatPay } from './wechat-pay.ts';

export interface PayingPortal {
  portal: OrdersPortal;
  providers: { alipay: TestAlipay; wechat: TestWechatPay };
  /** A code to scan, or a payment on the telephone. */
  offer(member: PortalClient, id: string, request: OfferRequest): Promise<Order>;
  /** Of the order's payments, the oldest first. */
  states(attestationId: string): Promise<string[]>;
  become(attestationId: string, ...states: string[]): Promise<unknown>;
  stop(): Promise<void>;
}

export interface OfferRequest {
  channel: keyof PayingPortal['providers'];
  onPhone?: boolean;
  renew?: boolean;
}

export async function startPaying(
  environment: Record<string, string>,
  { log, publicKey = false }: { log?: (line: string) => void; publicKey?: boolean } = {},
): Promise<PayingPortal> {
  const [alipay, wechat] = await Promise.all([startAlipay(), startWechatPay({ publicKey })]);
  const settings = { PAYMENT_DRIVER: 'live', ...alipay.settings, ...wechat.settings };
  const portal = await startOrdersPortal({ ...settings, ...environment }, log);
  const states = async (attestationId: string) =>
    (
      await portal.db.query<{ state: string }>(
        'SELECT state FROM payment WHERE attestation_id = $1 ORDER BY created_at, id',
        [attestationId],
      )
    ).map(({ state }) => state);
  return {
    portal,
    providers: { alipay, wechat },
    offer: async (member, id, request) =>
      (await expectStatus(201, member.post(`/attestations/${id}/payments`, request))).body,
    states,
    become: (attestationId, ...expected) =>
      eventually(async () => (await states(attestationId)).join() === expected.join()),
    async stop() {
      await portal.stop();
      await Promise.all([alipay.stop(), wechat.stop()]);
    },
  };
}

/** Throws when the provider has none. */
export function tradeOf({ trades }: TestAlipay | TestWechatPay, { outTradeNo }: { outTradeNo: string }): Trade {
  const trade = trades.get(outTradeNo);
  if (!trade) throw new Error(`the provider does not know ${outTradeNo}`);
  return trade;
}
