// SPDX-License-Identifier: Apache-2.0
// Invoice details as a file for the tax system.
import type { components } from '../../api/schema.gen.ts';
import { csvOf } from '../../kit/csv.ts';
import { yuanOf } from '../../kit/money.ts';
import { formatTime } from '../../ui/format.ts';
import type { StaffInvoiceText } from './i18n.ts';

export type ListedInvoice = components['schemas']['StaffInvoiceDetails']['items'][number];
type Exported = components['schemas']['InvoiceExport']['items'];

export const dayOf = (at: string): string => formatTime(at).slice(0, 10);

export function invoicesAsCsv(items: Exported, text: StaffInvoiceText): string {
  const { order, amount, paidAt } = text.column;
  const { nature, name, taxNumber, email, address, phone, bank, item } = text.file;
  const head = [order, item, amount, paidAt, nature, name, taxNumber, email, address, phone, bank];
  const rows = items.map(({ details, ...row }) => [
    row.orderNumber,
    text.items[row.orderKind],
    yuanOf(row.amountFen),
    dayOf(row.paidAt),
    text.natures[details.nature],
    details.name,
    details.taxNumber ?? '',
    details.email,
    details.address,
    details.phone,
    details.bank,
  ]);
  return csvOf([head, ...rows]);
}
