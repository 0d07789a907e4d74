// SPDX-License-Identifier: Apache-2.0
// Reads every row before one is written: what each says, and whether ids, telephones, members and numbers fit together.
import type { z } from 'zod';
import { numberKeyOf } from '../earlier-certificates/index.ts';
import { fieldErrors, unstorableFields } from '../http/validation.ts';
import type { Fault } from './fault.ts';
import { type CertificateRow, FORMATS, type Kind, type MemberRow, type WorkRow } from './formats.ts';
import { readPdf } from './read-pdf.ts';
import { isFault, readRows, type SourceRow, sourceFile } from './read-rows.ts';

export interface Rows {
  members: MemberRow;
  works: WorkRow;
  certificates: CertificateRow;
}

export type Row<Of extends Kind> = { row: Rows[Of]; source: SourceRow };

/** The rows of a kind, each parsed, or its faults. */
export async function* parsedRows<Of extends Kind>(folder: string, kind: Of): AsyncGenerator<Row<Of> | Fault> {
  const file = sourceFile(folder, kind);
  if (!file) return;
  for await (const source of readRows(file, kind)) {
    if (isFault(source)) yield source;
    else {
      const schema: z.ZodType<unknown> = FORMATS[kind].row;
      const { success, data, error } = schema.safeParse(source.values);
      const unstorable = unstorableFields(source.values);
      if (unstorable.length > 0) yield* unstorable.map(({ field, code }) => at(source, field, code));
      else if (success)
        yield { row: data as Rows[Of], source }; // the schema of this kind
      else yield* faultsOf(source, error.issues);
    }
  }
}

function faultsOf(source: SourceRow, issues: readonly z.core.$ZodIssue[]): Fault[] {
  const { values } = source;
  return fieldErrors(issues, { ...values, form: values }).map(({ field, code }) =>
    at(source, field.replace(/^form\./, '').replace(/\.\d+$/, ''), code),
  );
}

/** What the portal has already. */
export interface Known {
  /** Imported before. */
  isMember(id: string): Promise<boolean>;
  hasAccount(phone: string): Promise<boolean>;
  hasCertificate(number: string): Promise<boolean>;
  /** Of a form that this portal gives itself. */
  isOurNumber(number: string): Promise<boolean>;
}

export interface Check {
  faults: Fault[];
  counts: Record<Kind, number>;
}

export async function checkRows(folder: string, known: Known): Promise<Check> {
  const check: Check = { faults: [], counts: { members: 0, works: 0, certificates: 0 } };
  const { ids, phones } = await checkMembers(folder, check);
  const works = new Set<string>();
  for await (const { row, source } of counted(folder, 'works', check)) {
    const { id, member } = row;
    if (works.has(id)) check.faults.push(at(source, 'id', 'id-repeated'));
    works.add(id);
    if (!ids.has(member) && !(await known.isMember(member))) check.faults.push(at(source, 'member', 'member-unknown'));
  }
  const numbers = new Set<string>();
  for await (const { row, source } of counted(folder, 'certificates', check)) {
    const key = numberKeyOf(row.number);
    if (numbers.has(key)) check.faults.push(at(source, 'number', 'number-repeated'));
    numbers.add(key);
    if (await known.isOurNumber(key)) check.faults.push(at(source, 'number', 'number-ours'));
    if (row.phone !== undefined && !phones.has(row.phone) && !(await known.hasAccount(row.phone))) {
      // The member of one that was imported may have another telephone by now, or none.
      if (!(await known.hasCertificate(row.number))) check.faults.push(at(source, 'phone', 'account-unknown'));
    }
    const pdf = row.pdf === undefined ? undefined : await readPdf(folder, row.pdf);
    if (typeof pdf === 'string') check.faults.push(at(source, 'pdf', pdf));
  }
  return check;
}

async function checkMembers(folder: string, check: Check) {
  const [ids, phones] = [new Set<string>(), new Set<string>()];
  for await (const { row, source } of counted(folder, 'members', check)) {
    if (ids.has(row.id)) check.faults.push(at(source, 'id', 'id-repeated'));
    if (phones.has(row.phone)) check.faults.push(at(source, 'phone', 'phone-repeated'));
    ids.add(row.id);
    phones.add(row.phone);
  }
  return { ids, phones };
}

/** The rows that can be read, counted; the faults of the others join the check's. */
async function* counted<Of extends Kind>(folder: string, kind: Of, check: Check): AsyncGenerator<Row<Of>> {
  for await (const each of parsedRows(folder, kind)) {
    if ('code' in each) check.faults.push(each);
    else {
      check.counts[kind] += 1;
      yield each;
    }
  }
}

export const at = ({ file, line }: SourceRow, column: string, code: Fault['code']): Fault => ({
  file,
  line,
  column,
  code,
});
