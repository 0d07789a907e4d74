// SPDX-License-Identifier: Apache-2.0
// A payment provider for development, which moves no money: it keeps its orders in files, signs what it
// tells with a key that it shares with the merchant, and tells it over HTTP like any other.
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { oneAtATime } from './one-at-a-time.ts';

const refundSchema = z.object({ refundNo: z.string(), amountFen: z.int(), at: z.string() });

const orderSchema = z
  .object({
    outTradeNo: z.string(),
    amountFen: z.int(),
    subject: z.string(),
    expiresAt: z.string(),
    /** Refunded: all of it. */
    state: z.enum(['open', 'paid', 'closed', 'refunded']),
    tradeNo: z.string().nullable(),
    paidAt: z.string().nullable(),
    refunds: z.array(refundSchema).default([]),
    refundedAt: z.string().nullable().default(null),
  })
  // Files from before it knew parts have a time alone.
  .transform(({ refundedAt, ...order }) => {
    const { outTradeNo: refundNo, amountFen, refunds } = order;
    const isOlder = refundedAt !== null && refunds.length === 0;
    return isOlder ? { ...order, refunds: [{ refundNo, amountFen, at: refundedAt }] } : order;
  });

export type SandboxOrder = z.output<typeof orderSchema>;

export interface SandboxProvider {
  find(outTradeNo: string): Promise<SandboxOrder | undefined>;
  all(): Promise<SandboxOrder[]>;
  /** Makes the order unless it is there. */
  make(order: Pick<SandboxOrder, 'outTradeNo' | 'amountFen' | 'subject' | 'expiresAt'>): Promise<SandboxOrder>;
  change(outTradeNo: string, change: (order: SandboxOrder) => Partial<SandboxOrder>): Promise<SandboxOrder | undefined>;
  sign(body: string): string;
  isGenuine(body: Buffer, signature: string): boolean;
}

const UNPAID = { state: 'open' as const, tradeNo: null, paidAt: null, refunds: [] };

export const newTradeNo = (): string => `SB${randomBytes(12).toString('hex')}`;

export function createSandboxProvider({ folder, key }: { folder: string; key: Buffer }): SandboxProvider {
  const fileOf = (outTradeNo: string) => path.join(folder, `${outTradeNo}.json`);
  const find = async (outTradeNo: string): Promise<SandboxOrder | undefined> => {
    if (!/^[0-9A-Za-z_]{6,32}$/.test(outTradeNo)) return undefined;
    const text = await readFile(fileOf(outTradeNo), 'utf8').catch(() => undefined);
    return text === undefined ? undefined : orderSchema.parse(JSON.parse(text));
  };
  // Two confirmations at once are one payment, also at two portals.
  const inTurn = async <T>(outTradeNo: string, work: () => Promise<T>): Promise<T> => {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    return oneAtATime(fileOf(outTradeNo), work);
  };
  const write = async (order: SandboxOrder): Promise<SandboxOrder> => {
    const file = fileOf(order.outTradeNo);
    await writeFile(`${file}.new`, JSON.stringify(order), { mode: 0o600 });
    await rename(`${file}.new`, file);
    return order;
  };
  const sign = (body: string | Buffer) => createHmac('sha256', key).update(body).digest('hex');
  return {
    find,
    async all() {
      const names = await readdir(folder).catch(() => []);
      const found = await Promise.all(names.map((name) => find(path.parse(name).name)));
      return found.filter((order) => order !== undefined);
    },
    make: (order) =>
      inTurn(order.outTradeNo, async () => (await find(order.outTradeNo)) ?? (await write({ ...order, ...UNPAID }))),
    change: async (outTradeNo, change) => {
      // Whatever was asked for is no name of a file yet.
      if (!(await find(outTradeNo))) return undefined;
      return inTurn(outTradeNo, async () => {
        const order = await find(outTradeNo);
        return order && write({ ...order, ...change(order) });
      });
    },
    sign,
    isGenuine(body, signature) {
      const expected = Buffer.from(sign(body), 'hex');
      const given = Buffer.from(signature, 'hex');
      return given.length === expected.length && timingSafeEqual(given, expected);
    },
  };
}
