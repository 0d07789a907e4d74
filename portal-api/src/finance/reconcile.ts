// SPDX-License-Identifier: Apache-2.0
// 对账: the provider's statement of a day beside our payments. It changes nothing: whoever reads a difference looks into it.
import type { Database, Db } from '../db/database.ts';
import type { Prisma } from '../generated/prisma/client.ts';
import { CHANNEL_NAMES, type ChannelName, type StatementLine, type StatementOf } from '../payments/index.ts';
import { beginOf, dayBefore, endOf } from './days.ts';
import type { Reconciliation } from './finance.schema.ts';

type Difference = Reconciliation['differences'][number];

const OURS = {
  id: true,
  outTradeNo: true,
  channel: true,
  state: true,
  amountFen: true,
  paidAt: true,
  refundedAt: true,
} satisfies Prisma.PaymentSelect;

type Ours = Prisma.PaymentGetPayload<{ select: typeof OURS }>;

export async function reconcile(
  { db, statementOf }: { db: Database; statementOf: StatementOf },
  day: string,
): Promise<Reconciliation> {
  const within = { gte: beginOf(day), lt: endOf(day) };
  const paid = await ours(db.prisma, { paidAt: within });
  const refunded = await ours(db.prisma, { refundedAt: within });
  const totals = { there: sumsOf([], []), here: sumsOf(paid, refunded) };
  const differences: Difference[] = [];
  for (const channel of CHANNEL_NAMES) {
    const lines = await statementOf(channel, day);
    const there = sumsOf(of('PAYMENT', lines), of('REFUND', lines));
    for (const field of ['paidFen', 'payments', 'refundedFen', 'refunds'] as const) totals.there[field] += there[field];
    // We note a refund after the provider has made it: of one around midnight, their day is the one before.
    const earlier = await statementOf(channel, dayBefore(day));
    const isOfChannel = (each: Ours) => each.channel === channel;
    differences.push(
      ...(await missingHere(db.prisma, channel, lines)),
      ...missingThere('PAYMENT', channel, { here: paid.filter(isOfChannel), lines }),
      ...missingThere('REFUND', channel, { here: refunded.filter(isOfChannel), lines: [...earlier, ...lines] }),
    );
  }
  return { day, isOver: endOf(day) <= new Date(), ...totals, differences };
}

const ours = (db: Db, where: Prisma.PaymentWhereInput): Promise<Ours[]> =>
  db.payment.findMany({ where, select: OURS, orderBy: { outTradeNo: 'asc' } });

/** What the provider has and we do not, or with another amount. */
async function missingHere(db: Db, channel: ChannelName, lines: readonly StatementLine[]): Promise<Difference[]> {
  const numbers = lines.map(({ outTradeNo }) => outTradeNo);
  const found = await ours(db, { outTradeNo: { in: numbers }, channel });
  const byNumber = new Map(found.map((each) => [each.outTradeNo, each]));
  return lines.flatMap(({ kind, outTradeNo, amountFen }) => {
    const here = byNumber.get(outTradeNo);
    const isHere = kind === 'PAYMENT' ? here?.paidAt : here?.refundedAt;
    if (here && isHere && here.amountFen === amountFen) return [];
    return {
      ...{ kind, channel, outTradeNo, thereFen: amountFen },
      fault: isHere ? ('amount-differs' as const) : ('missing-here' as const),
      hereFen: isHere && here ? here.amountFen : null,
      paymentId: here?.id ?? null,
      state: here?.state ?? null,
    };
  });
}

function missingThere(
  kind: StatementLine['kind'],
  channel: ChannelName,
  { here, lines }: { here: readonly Ours[]; lines: readonly StatementLine[] },
): Difference[] {
  const there = new Set(of(kind, lines).map(({ outTradeNo }) => outTradeNo));
  return here
    .filter(({ outTradeNo }) => !there.has(outTradeNo))
    .map(({ id, outTradeNo, amountFen, state }) => ({
      ...{ kind, channel, outTradeNo, state },
      fault: 'missing-there' as const,
      thereFen: null,
      hereFen: amountFen,
      paymentId: id,
    }));
}

const of = (kind: StatementLine['kind'], lines: readonly StatementLine[]) => lines.filter((line) => line.kind === kind);

function sumsOf(paid: readonly { amountFen: number }[], refunded: readonly { amountFen: number }[]) {
  const sum = (some: readonly { amountFen: number }[]) => some.reduce((total, { amountFen }) => total + amountFen, 0);
  return { paidFen: sum(paid), payments: paid.length, refundedFen: sum(refunded), refunds: refunded.length };
}
