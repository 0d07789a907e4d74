// SPDX-License-Identifier: Apache-2.0
// Every column that holds a ciphertext or a wrapped key, with the context that binds it to its row. A test compares the list with
// the database.
import { CHUNK_BYTES, keyContext } from '../uploads/index.ts';

export interface EncryptedColumn {
  table: string;
  /** The primary key. */
  id: string;
  column: string;
  contextOf(id: string): string;
}

/** By table: the fields in the contexts of its columns. */
const FIELDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  account: { phone_cipher: 'phone' },
  identity: {
    document_cipher: 'document',
    name_cipher: 'name',
    id_number_cipher: 'id-number',
    email_cipher: 'email',
    address_cipher: 'address',
    phone_cipher: 'phone',
    representative_cipher: 'representative',
  },
  organisation_version: {
    name_cipher: 'name',
    credit_code_cipher: 'creditCode',
    phone_cipher: 'phone',
    representative_cipher: 'representative',
    email_cipher: 'email',
    address_cipher: 'address',
  },
  organisation_invitation: { phone_cipher: 'phone' },
  publication_image: { cipher: 'picture', small_cipher: 'small' },
  invoice_detail: { details_cipher: 'details' },
  offline_booking: { payer_cipher: 'payer' },
  manifest: { sections_cipher: 'sections' },
  assistance_case: { contact_cipher: 'contact' },
  certificate: { bundle_cipher: 'bundle', parts_cipher: 'parts', codes_cipher: 'codes' },
  earlier_certificate: { names_cipher: 'names', pdf_cipher: 'pdf' },
};

/** Those whose rows have one value, and whose contexts name no field. */
const WHOLE_ROWS: readonly { table: string; id?: string; column?: string }[] = [
  { table: 'identity_draft', id: 'account_id' },
  { table: 'organisation_draft', id: 'account_id' },
  { table: 'right_holder_draft' },
  { table: 'right_holder_version', column: 'content_cipher' },
  { table: 'private_image' },
  { table: 'publication_report' },
  { table: 'assistance_letter' },
  { table: 'offline_voucher' },
  { table: 'counter_mandate' },
  { table: 'data_export' },
];

export const ENCRYPTED_COLUMNS: readonly EncryptedColumn[] = [
  ...Object.entries(FIELDS).flatMap(([table, fields]) =>
    Object.entries(fields).map(([column, field]) => ({
      table,
      id: 'id',
      column,
      contextOf: (id: string) => `${table}:${id}:${field}`,
    })),
  ),
  ...WHOLE_ROWS.map(({ table, id = 'id', column = 'cipher' }) => ({
    table,
    id,
    column,
    contextOf: (row: string) => `${table}:${row}`,
  })),
  // The pending secret becomes the secret by being moved.
  ...['secret_cipher', 'pending_cipher'].map((column) => ({
    table: 'account_totp',
    id: 'account_id',
    column,
    contextOf: (id: string) => `account_totp:${id}:secret`,
  })),
];

/** Keys apart from what they encrypt: of files in the content store. */
export const WRAPPED_KEY_COLUMNS = ['upload.wrapped_key', 'certificate.pdf_wrapped_key'] as const;

export const fileContext = (uploadId: string, size: bigint) =>
  keyContext({ uploadId, size: Number(size), chunkSize: CHUNK_BYTES });

/** Text messages that wait in the outbox, or have gone: in the payload, as Base64. */
export const MESSAGE_CONTEXTS: Readonly<Record<string, (id: string) => string>> = {
  sms: (id) => `sms_code:${id}:message`,
  'old-phone-notice': (id) => `phone_change:${id}:phone`,
};
