// SPDX-License-Identifier: Apache-2.0
// Rows of the audit log as lines of a file. The detail is the exact text that was hashed, so the chain can be computed from it.
import type { Audit } from '../generated/prisma/client.ts';
import type { EXPORT_FORMATS } from './audit.api.ts';

type ExportFormat = (typeof EXPORT_FORMATS)[number];

const COLUMNS = ['seq', 'at', 'actor', 'action', 'subject', 'detail', 'digest'] as const;

export const EXPORT_MEDIA = { csv: 'text/csv; charset=utf-8; header=present', jsonl: 'application/x-ndjson' } as const;

export const exportHead = (format: ExportFormat): string => (format === 'csv' ? `${COLUMNS.join(',')}\r\n` : '');

export function exportLine(format: ExportFormat, row: Audit): string {
  const values = { ...row, seq: String(row.seq), at: row.at.toISOString(), digest: hex(row.digest) };
  if (format === 'csv') return `${COLUMNS.map((column) => quoted(values[column])).join(',')}\r\n`;
  return `${JSON.stringify(Object.fromEntries(COLUMNS.map((column) => [column, values[column]])))}\n`;
}

/** RFC 4180. */
const quoted = (value: string): string => `"${value.replaceAll('"', '""')}"`;

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
