// SPDX-License-Identifier: Apache-2.0
// WeChat Pay's trade bill (交易账单) of a day.
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { DomainError } from '../../errors.ts';
import { noAnswer } from '../ask-provider.ts';
import type { StatementLine } from '../channel.ts';
import { requireFen, requireOver, requireReady, rowsOf } from '../statement-file.ts';
import type { WechatClient } from './client.ts';

const billSchema = z.object({ hash_type: z.literal('SHA1'), hash_value: z.string(), download_url: z.url() });

/** Throws `statement-not-ready`. */
export async function statementOfDay(client: WechatClient, day: string): Promise<StatementLine[]> {
  requireOver(day);
  const { refusal, body } = await client.call('GET', `/v3/bill/tradebill?bill_date=${day}&bill_type=ALL`);
  if (refusal === 'STATEMENT_CREATING') throw new DomainError('statement-not-ready', { day });
  if (refusal === 'NO_STATEMENT_EXIST') {
    requireReady(day);
    return [];
  }
  const { data } = billSchema.safeParse(body);
  if (refusal || !data) throw noAnswer(refusal ?? 'content');
  const file = await client.download(data.download_url);
  const digest = createHash('sha1').update(file).digest('hex');
  if (digest !== data.hash_value.toLowerCase()) throw noAnswer('digest');
  return linesIn(file.toString('utf8'));
}

const COLUMNS = ['商户订单号', '交易状态', '订单金额', '商户退款单号', '申请退款金额', '退款状态'] as const;

/** Each value has a grave accent before it; two lines with sums come at the end. */
function linesIn(text: string): StatementLine[] {
  const lines = text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .filter(Boolean);
  const end = lines.findIndex((line) => line.startsWith('总交易单数'));
  const table = lines.slice(0, end < 0 ? lines.length : end);
  const [header = '', ...rows] = table;
  const cells = [header.split(','), ...rows.map((row) => row.replace(/^`/, '').split(',`'))];
  return rowsOf(cells, COLUMNS).flatMap((row): StatementLine[] => {
    const outTradeNo = row.商户订单号;
    if (row.交易状态 === 'SUCCESS')
      return [{ kind: 'PAYMENT', outTradeNo, refundNo: null, amountFen: requireFen(row.订单金额) }];
    if (row.交易状态 !== 'REFUND' || row.退款状态 === 'FAIL') return [];
    return [{ kind: 'REFUND', outTradeNo, refundNo: row.商户退款单号, amountFen: requireFen(row.申请退款金额) }];
  });
}
