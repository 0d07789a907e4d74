// SPDX-License-Identifier: Apache-2.0
// Reads every row before one is written: what each says, and whether ids, telephones and members fit together.
import type { z } from 'zod';
import { fieldErrors } from '../http/validation.ts';
import type { Fault } from './fault.ts';
import { FORMATS, type Kind, type MemberRow, type WorkRow } from './formats.ts';
import { isFault, readRows, type SourceRow, sourceFile } from './read-rows.ts';

export interface Rows {
  members: MemberRow;
  works: WorkRow;
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
      if (success)
        yield { row: data as Rows[Of], source }; // the schema of this kind
      else yield* faultsOf(source, error.issues);
    }
  }
}

function faultsOf({ file, line, values }: SourceRow, issues: readonly z.core.$ZodIssue[]): Fault[] {
  return fieldErrors(issues, { ...values, form: values }).map(({ field, code }) => ({
    file,
    line,
    column: field.replace(/^form\./, '').replace(/\.\d+$/, ''),
    code,
  }));
}

export interface Check {
  faults: Fault[];
  counts: Record<Kind, number>;
}

/** `isKnownMember`: imported before. */
export async function checkRows(folder: string, isKnownMember: (id: string) => Promise<boolean>): Promise<Check> {
  const check: Check = { faults: [], counts: { members: 0, works: 0 } };
  const members = new Set<string>();
  const phones = new Set<string>();
  for await (const each of parsedRows(folder, 'members')) {
    if ('code' in each) check.faults.push(each);
    else {
      check.counts.members += 1;
      const { id, phone } = each.row;
      if (members.has(id)) check.faults.push(at(each.source, 'id', 'id-repeated'));
      if (phones.has(phone)) check.faults.push(at(each.source, 'phone', 'phone-repeated'));
      members.add(id);
      phones.add(phone);
    }
  }
  const works = new Set<string>();
  for await (const each of parsedRows(folder, 'works')) {
    if ('code' in each) check.faults.push(each);
    else {
      check.counts.works += 1;
      const { id, member } = each.row;
      if (works.has(id)) check.faults.push(at(each.source, 'id', 'id-repeated'));
      works.add(id);
      if (!members.has(member) && !(await isKnownMember(member)))
        check.faults.push(at(each.source, 'member', 'member-unknown'));
    }
  }
  return check;
}

export const at = ({ file, line }: SourceRow, column: string, code: Fault['code']): Fault => ({
  file,
  line,
  column,
  code,
});
