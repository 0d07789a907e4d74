// SPDX-License-Identifier: Apache-2.0
// 登记号: prefix, year, letter of the kind of work, and a number without gaps (国版函〔2016〕1号). Only the provincial bureau
// may give 鲁作登字 and its like; the prefix is a setting.
import { dayInChina } from '../china-time.ts';
import type { Transaction } from '../db/database.ts';
import type { WorkType } from '../works/index.ts';
import { nextInSequence } from './registration-sequence.sql.ts';

const DIGITS = 8;

/** 作品分类号. SOFTWARE has none: it is not registered here. */
const LETTERS: Readonly<Record<Exclude<WorkType, 'SOFTWARE'>, string>> = {
  TEXT: 'A',
  MUSIC: 'B',
  DRAMA: 'C',
  QUYI: 'D',
  DANCE: 'E',
  FINE_ART: 'F',
  PHOTO: 'G',
  AV_FILM: 'H',
  AV_OTHER: 'I',
  DESIGN_DRAWING: 'J',
  MAP_DIAGRAM: 'K',
  OTHER: 'L',
  ORAL: 'M',
  ACROBATIC: 'N',
  ARCHITECTURE: 'O',
  MODEL: 'P',
};

/**
 * The next number of its prefix, year (in Beijing) and letter. Given for good when the transaction commits, and to nobody when it
 * does not: until then, others of the same sequence wait.
 */
export async function nextRegistrationNumber(
  tx: Transaction,
  { prefix, workType, at }: { prefix: string; workType: WorkType | null; at: Date },
): Promise<string> {
  // Completeness has refused everything else.
  if (workType === null || workType === 'SOFTWARE') throw new TypeError('the kind of work has no letter');
  const letter = LETTERS[workType];
  const year = Number(dayInChina(at).slice(0, 4));
  const last = await nextInSequence(tx, { prefix, year, letter });
  return `${prefix}-${year}-${letter}-${String(last).padStart(DIGITS, '0')}`;
}
