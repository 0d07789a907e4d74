// SPDX-License-Identifier: Apache-2.0
// Alipay's trade bill (业务账单) of a day: tables in GB18030, in a zip file.
import { unzipSync } from 'fflate';
import { noAnswer } from '../ask-provider.ts';
import type { StatementLine } from '../channel.ts';
import { requireFen, requireOver, requireReady, rowsOf } from '../statement-file.ts';
import type { AlipayClient } from './client.ts';

const MAX_TABLE_BYTES = 256 * 1_048_576;

/** Throws `statement-not-ready`. */
export async function statementOfDay(client: AlipayClient, day: string): Promise<StatementLine[]> {
  requireOver(day);
  const content = { bill_type: 'trade', bill_date: day };
  const answer = await client.call('alipay.data.dataservice.bill.downloadurl.query', content);
  if (answer.refusal === 'isp.bill_not_exist') {
    requireReady(day);
    return [];
  }
  const address = answer.bill_download_url;
  if (answer.refusal || typeof address !== 'string') throw noAnswer(answer.refusal ?? 'content');
  const table = tableIn(await client.download(address));
  if (table === undefined) throw noAnswer('statement');
  return linesIn(table);
}

const COLUMNS = ['商户订单号', '业务类型', '订单金额（元）', '退款批次号/请求号'] as const;

/** The file with the single trades; there is another one with sums. */
function tableIn(zip: Buffer): string | undefined {
  let files: Record<string, Uint8Array>;
  try {
    const isWanted = ({ name, originalSize }: { name: string; originalSize: number }) =>
      name.endsWith('.csv') && originalSize <= MAX_TABLE_BYTES;
    files = unzipSync(zip, { filter: isWanted });
  } catch (cause) {
    throw noAnswer('statement', cause);
  }
  const decoder = new TextDecoder('gb18030');
  const tables = Object.values(files).map((bytes) => decoder.decode(bytes));
  return tables.find((table) => COLUMNS.every((column) => table.includes(column)));
}

/** Lines before and after the table begin with #; values may be followed by tabs. */
function linesIn(table: string): StatementLine[] {
  const lines = table.split(/\r?\n/).filter((line) => line.trim() !== '' && !line.startsWith('#'));
  const cells = lines.map((line) => line.split(',').map((value) => value.trim()));
  return rowsOf(cells, COLUMNS).flatMap((row): StatementLine[] => {
    const outTradeNo = row.商户订单号;
    const amountFen = () => requireFen(row['订单金额（元）'].replace(/^-/, ''));
    if (row.业务类型 === '交易') return [{ kind: 'PAYMENT', outTradeNo, refundNo: null, amountFen: amountFen() }];
    if (row.业务类型 !== '退款') return [];
    return [{ kind: 'REFUND', outTradeNo, refundNo: row['退款批次号/请求号'], amountFen: amountFen() }];
  });
}
