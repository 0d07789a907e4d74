// SPDX-License-Identifier: Apache-2.0
// 对账: the provider's statement of a day beside our payments. It changes nothing: whoever reads a difference looks into it.
import { beginOfDay, dayBefore, endOfDay } from '../china-time.ts';
import type { Database, Db } from '../db/database.ts';
import type { Prisma } from '../generated/prisma/client.ts';
import {
  CHANNEL_NAMES,
  type ChannelName,
  numberOf,
  OFFLINE_WAYS,
  type PaymentState,
  type StatementLine,
  type StatementOf,
} from '../payments/index.ts';
import type { Reconciliation } from './finance.schema.ts';

type Difference = Reconciliation['differences'][number];

const OURS = {
  id: true,
  outTradeNo: true,
  joint: { select: { outTradeNo: true } },
  channel: true,
  state: true,
  amountFen: true,
  paidAt: true,
  refundedAt: true,
  settlesOrder: true,
  attestation: { select: { discountFen: true } },
  registration: { select: { discountFen: true } },
} satisfies Prisma.PaymentSelect;

type Ours = Prisma.PaymentGetPayload<{ select: typeof OURS }>;

/** A line of our books, as the provider would state it. */
interface Entry extends StatementLine {
  channel: Ours['channel'];
  paymentId: string;
  state: PaymentState;
  isBooked: boolean;
}

export async function reconcile(
  { db, statementOf }: { db: Database; statementOf: StatementOf },
  day: string,
): Promise<Reconciliation> {
  const within = { gte: beginOfDay(day), lt: endOfDay(day) };
  const paidRows = await ours(db.prisma, { paidAt: within });
  const [allPaid, allRefunded] = [paymentsIn(paidRows), refundsIn(await ours(db.prisma, { refundedAt: within }))];
  const [paid, refunded] = [allPaid.filter(isOfProvider), allRefunded.filter(isOfProvider)];
  const offline = sumsOf(allPaid.filter(isOffline), allRefunded.filter(isOffline));
  const totals = { there: sumsOf([], []), here: sumsOf(paid, refunded), offline, discountFen: discountsIn(paidRows) };
  const differences: Difference[] = [];
  for (const channel of CHANNEL_NAMES) {
    const lines = await statementOf(channel, day);
    const there = sumsOf(of('PAYMENT', lines), of('REFUND', lines));
    for (const field of ['paidFen', 'payments', 'refundedFen', 'refunds'] as const) totals.there[field] += there[field];
    // We note a refund after the provider has made it: of one around midnight, their day is the one before.
    const earlier = await statementOf(channel, dayBefore(day));
    const isOfChannel = (each: Entry) => each.channel === channel;
    differences.push(
      ...(await missingHere(db.prisma, channel, lines)),
      ...missingThere(channel, { here: paid.filter(isOfChannel), lines }),
      ...missingThere(channel, { here: refunded.filter(isOfChannel), lines: [...earlier, ...lines] }),
    );
  }
  return { day, isOver: endOfDay(day) <= new Date(), ...totals, differences };
}

/** No provider knows of it: the payer was never asked for that money. */
const discountsIn = (rows: readonly Ours[]): number =>
  rows
    .filter(({ settlesOrder }) => settlesOrder)
    .reduce((sum, row) => sum + ((row.attestation ?? row.registration)?.discountFen ?? 0), 0);

const isOfProvider = ({ channel }: Entry): boolean => CHANNEL_NAMES.some((each) => each === channel);
const isOffline = ({ channel }: Entry): boolean => OFFLINE_WAYS.some((each) => each === channel);

const ours = (db: Db, where: Prisma.PaymentWhereInput): Promise<Ours[]> =>
  db.payment.findMany({ where, select: OURS, orderBy: { outTradeNo: 'asc' } });

/** The provider got the parts of a joint payment as one. */
function paymentsIn(rows: readonly Ours[]): Entry[] {
  return [...Map.groupBy(rows, numberOf)].flatMap(([outTradeNo, parts]) => {
    const [first] = parts;
    if (!first) return [];
    const amountFen = parts.reduce((sum, part) => sum + part.amountFen, 0);
    const { id, channel, state, paidAt } = first;
    return {
      kind: 'PAYMENT',
      outTradeNo,
      refundNo: null,
      amountFen,
      channel,
      paymentId: id,
      state,
      isBooked: paidAt !== null,
    };
  });
}

/** Each part is given back for itself. */
function refundsIn(rows: readonly Ours[]): Entry[] {
  return rows.map((row) => {
    const { id, outTradeNo: refundNo, amountFen, channel, state, refundedAt } = row;
    const line = { kind: 'REFUND' as const, outTradeNo: numberOf(row), refundNo, amountFen };
    return { ...line, channel, paymentId: id, state, isBooked: refundedAt !== null };
  });
}

/** What tells lines apart. */
const keyOf = ({ kind, outTradeNo, refundNo }: StatementLine): string => `${kind} ${refundNo ?? outTradeNo}`;

/** What the provider has and we do not, or with another amount. */
async function missingHere(db: Db, channel: ChannelName, lines: readonly StatementLine[]): Promise<Difference[]> {
  const numbers = { in: lines.flatMap(({ outTradeNo, refundNo }) => [outTradeNo, refundNo ?? outTradeNo]) };
  const found = await ours(db, { OR: [{ outTradeNo: numbers }, { joint: { outTradeNo: numbers } }], channel });
  const byKey = new Map([...paymentsIn(found), ...refundsIn(found)].map((each) => [keyOf(each), each]));
  return lines.flatMap((line) => {
    const { kind, outTradeNo, amountFen } = line;
    const here = byKey.get(keyOf(line));
    const isHere = here?.isBooked ?? false;
    if (here && isHere && here.amountFen === amountFen) return [];
    return {
      ...{ kind, channel, outTradeNo, thereFen: amountFen },
      fault: isHere ? ('amount-differs' as const) : ('missing-here' as const),
      hereFen: isHere && here ? here.amountFen : null,
      paymentId: here?.paymentId ?? null,
      state: here?.state ?? null,
    };
  });
}

function missingThere(
  channel: ChannelName,
  { here, lines }: { here: readonly Entry[]; lines: readonly StatementLine[] },
): Difference[] {
  const there = new Set(lines.map(keyOf));
  return here
    .filter((entry) => !there.has(keyOf(entry)))
    .map(({ kind, paymentId, outTradeNo, amountFen, state }) => ({
      ...{ kind, channel, outTradeNo, state, paymentId },
      fault: 'missing-there' as const,
      thereFen: null,
      hereFen: amountFen,
    }));
}

const of = (kind: StatementLine['kind'], lines: readonly StatementLine[]) => lines.filter((line) => line.kind === kind);

function sumsOf(paid: readonly { amountFen: number }[], refunded: readonly { amountFen: number }[]) {
  const sum = (some: readonly { amountFen: number }[]) => some.reduce((total, { amountFen }) => total + amountFen, 0);
  return { paidFen: sum(paid), payments: paid.length, refundedFen: sum(refunded), refunds: refunded.length };
}
