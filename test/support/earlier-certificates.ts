// SPDX-License-Identifier: Apache-2.0
// 历史证书 as a centre brings them: a table and the files beside it.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type ImportOptions, type ImportResult, importFolder } from '../../portal-api/src/imports/index.ts';
import type { EncryptedValue } from './encrypted-money.ts';
import { expectStatus, type PortalMember } from './portal.ts';
import { temporaryFolder } from './temporary.ts';

export const OLD_PDF = Buffer.from('%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n');

/** Cells by column. */
export type EarlierRow = Readonly<Record<string, string>>;

let count = 0;
/** A row with a number of its own. */
export function earlierRow(cells: EarlierRow = {}): EarlierRow {
  count += 1;
  const number = `鲁著证字（2014）第${String(count).padStart(4, '0')}号`;
  return { number, source: '山东版权中心', title: '鹤华', owners: '张三', issuedOn: '2014-05-06', ...cells };
}

/** A folder with the table and the files that it names. */
export function earlierFolder(rows: readonly EarlierRow[], files: Readonly<Record<string, Buffer>> = {}): string {
  const folder = path.join(temporaryFolder(), 'from');
  mkdirSync(folder);
  writeFileSync(path.join(folder, 'certificates.json'), JSON.stringify(rows));
  for (const [name, bytes] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), bytes);
  }
  return folder;
}

export function importEarlier(
  portal: Pick<ImportOptions, 'db' | 'vault'>,
  folder: string,
  more: Partial<ImportOptions> = {},
): Promise<ImportResult> {
  const { db, vault } = portal;
  return importFolder({ db, vault, folder, isDry: false, say: () => {}, ...more });
}

/** One with a PDF, of a verified member. */
export async function importFor(portal: Pick<ImportOptions, 'db' | 'vault'>, { phone }: PortalMember): Promise<void> {
  const row = earlierRow({ phone, owners: '测试员', pdf: 'a.pdf' });
  await importEarlier(portal, earlierFolder([row], { 'a.pdf': OLD_PDF }));
}

/** Its encrypted values, and who needs each of them. */
export function earlierValues(memberOf: () => PortalMember): EncryptedValue[] {
  const list = () => memberOf().get('/earlier-certificates');
  const pdf = async () => {
    const [{ id }] = (await expectStatus(200, list())).body.items;
    return memberOf().get(`/earlier-certificates/${id}/pdf`);
  };
  const shared = { table: 'earlier_certificate', kind: 'earlier-certificate' };
  return [
    { ...shared, column: 'names_cipher', asks: { list } },
    { ...shared, column: 'pdf_cipher', asks: { PDF: pdf } },
  ];
}
