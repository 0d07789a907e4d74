// SPDX-License-Identifier: Apache-2.0
// What a save of a right holder demands: every fault of every field at once, or what is to be kept.
import { z } from 'zod';
import { phoneSchema } from '../accounts/index.ts';
import { dayInChina } from '../china-time.ts';
import type { FieldCode, FieldError } from '../errors.ts';
import { cleanNumber } from '../http/text.ts';
import { fieldErrors } from '../http/validation.ts';
import { addressSchema, emailSchema, nameSchema } from '../identity/index.ts';
import { line } from '../works/index.ts';
import { DECLARATION_VERSION } from './declaration.ts';
import { type DocumentType, documentNumberFault, ORGANISATION_DOCUMENTS, PERSON_DOCUMENTS } from './document-number.ts';
import { isCounty, provinceOf } from './regions.ts';
import type { HolderForm, ImageSide, Validity } from './right-holders.schema.ts';

/** What is encrypted of a version. */
export const contentSchema = z.object({
  name: z.string(),
  documentNumber: z.string(),
  contactPhone: z.string(),
  documentAddress: z.string(),
  region: z.string(),
  validity: z.union([
    z.object({ kind: z.literal('PERMANENT') }),
    z.object({ kind: z.literal('PERIOD'), from: z.string(), to: z.string() }),
  ]),
  legalRepresentative: z.string(),
  email: z.string(),
  isCodeUnchecked: z.boolean(),
});

export type HolderContent = z.output<typeof contentSchema>;

/** The verified party that a member acts for. */
export interface Self {
  nature: HolderForm['nature'];
  /** Of a person. */
  identityId: string | null;
  documentType: DocumentType;
  name: string;
  documentNumber: string;
}

export interface Completion {
  faults: FieldError[];
  content: HolderContent;
  documentType: DocumentType;
  nature: HolderForm['nature'];
  images: Partial<Record<ImageSide, string>>;
}

interface Rules {
  homeProvince: string;
  /** With a form that says `isSelf`. */
  self: Self | undefined;
  /** Of an entry that is edited: a number that was left empty stays. */
  numberOnRecord: string | undefined;
  declaration: string;
}

export const FIELD_OF_SIDE = {
  front: 'frontImageId',
  back: 'backImageId',
  licence: 'licenceImageId',
  permit: 'permitImageId',
} as const satisfies Record<ImageSide, keyof HolderForm>;

export function completeHolder(given: HolderForm, rules: Rules): Completion {
  const form = given.isSelf && rules.self ? { ...given, ...rules.self } : given;
  const faults: FieldError[] = [];
  const add = (field: string, code: FieldCode | undefined) => {
    if (code) faults.push({ field, code });
  };
  /** The text as the schema cleans it; as it came where that fails, and the fault is noted. */
  const text = (field: string, schema: z.ZodType<string, string>, value: string): string => {
    if (value === '') add(field, 'missing');
    const parsed = value === '' ? undefined : schema.safeParse(value);
    if (parsed?.success === false)
      faults.push(...fieldErrors(parsed.error.issues, value).map(({ code }) => ({ field, code })));
    return parsed?.data ?? value;
  };
  const isPerson = form.nature === 'PERSONAL';
  const documentType = documentOf(form, add);
  const numberGiven = form.documentNumber || rules.numberOnRecord || '';
  const documentNumber = numberGiven.toUpperCase();
  const numberFault = documentNumber === '' ? 'missing' : documentNumberFault(documentType, documentNumber);
  const isCodeUnchecked = !isPerson && numberFault === 'checksum-wrong' && (form.isCodeCompared || given.isSelf);
  if (form.roles.length === 0) add('roles', 'missing');
  const content: HolderContent = {
    name: text('name', isPerson ? nameSchema : organisationName, form.name),
    documentNumber,
    contactPhone: text('contactPhone', isPerson ? phoneSchema : organisationPhone, form.contactPhone),
    documentAddress: text('documentAddress', addressSchema, form.documentAddress),
    region: form.region,
    validity: validityOf(form.validity, add),
    legalRepresentative: isPerson ? '' : text('legalRepresentative', nameSchema, form.legalRepresentative),
    email: isPerson ? '' : text('email', emailSchema, form.email),
    isCodeUnchecked,
  };
  add('documentNumber', isCodeUnchecked ? undefined : numberFault);
  add('region', regionFault(form.region, documentType));
  if (!given.isSelf && rules.declaration !== DECLARATION_VERSION) add('declaration', 'consent-missing');
  const demanded = demandedSides(documentType, { ...given, homeProvince: rules.homeProvince });
  for (const side of demanded) if (given[FIELD_OF_SIDE[side]] === '') add(FIELD_OF_SIDE[side], 'missing');
  return { faults, content, documentType, nature: form.nature, images: imagesOf(given, documentType, demanded) };
}

function documentOf(form: HolderForm, add: (field: string, code: FieldCode) => void): DocumentType {
  const allowed: readonly DocumentType[] = form.nature === 'PERSONAL' ? PERSON_DOCUMENTS : ORGANISATION_DOCUMENTS;
  if (!allowed.includes(form.documentType)) add('documentType', 'not-an-option');
  return form.documentType;
}

const organisationName = line(100).refine((name) => [...name].length >= 2, { params: { code: 'too-short' } });

/** A mobile number, a landline with its area code and extension, or a service number. */
const ORGANISATION_PHONE = /^(1[3-9]\d{9}|0\d{2,3}-?\d{7,8}(-\d{1,6})?|[48]00-?\d{3}-?\d{4})$/;

const organisationPhone = z
  .string()
  .max(64)
  .transform((text) => cleanNumber(text).replace(/^\+86-?/, ''))
  .refine((phone) => ORGANISATION_PHONE.test(phone), { params: { code: 'malformed' } });

/** A passport has no address, and a card for foreigners none in a county. */
const WITHOUT_REGION: readonly DocumentType[] = ['PASSPORT', 'FOREIGN_PR'];

function regionFault(region: string, documentType: DocumentType): FieldCode | undefined {
  if (region === '') return WITHOUT_REGION.includes(documentType) ? undefined : 'missing';
  return isCounty(region) ? undefined : 'not-an-option';
}

function validityOf(
  validity: Validity | null,
  add: (field: string, code: FieldCode) => void,
): HolderContent['validity'] {
  if (validity === null) add('validity', 'missing');
  if (validity === null || validity.kind === 'PERMANENT') return { kind: 'PERMANENT' };
  const { from, to } = validity;
  const today = dayInChina();
  if (from === null) add('validity.from', 'missing');
  else if (from > today) add('validity.from', 'in-future');
  if (to === null) add('validity.to', 'missing');
  else if (from !== null && to <= from) add('validity.to', 'out-of-range');
  else if (to < today) add('validity.to', 'expired');
  return { kind: 'PERIOD', from: from ?? '', to: to ?? '' };
}

/** The pictures a save needs. Those of a verified real name were looked at already, and are not sent again. */
function demandedSides(
  documentType: DocumentType,
  { isSelf, nature, region, homeProvince }: Pick<HolderForm, 'isSelf' | 'nature' | 'region'> & { homeProvince: string },
): ImageSide[] {
  // A card of Hong Kong, Macao or Taiwan, and one for foreigners, is itself a permit of residence.
  const isFromElsewhere = documentType === 'RESIDENT_ID' && region !== '' && provinceOf(region) !== homeProvince;
  const permit: ImageSide[] = isFromElsewhere ? ['permit'] : [];
  if (isSelf) return permit;
  if (nature === 'ORGANISATION') return ['licence'];
  return [...(documentType === 'PASSPORT' ? (['front'] as const) : (['front', 'back'] as const)), ...permit];
}

/** A residence permit may be added where none is demanded; other pictures belong to the document alone. */
function imagesOf(form: HolderForm, documentType: DocumentType, demanded: readonly ImageSide[]): Completion['images'] {
  const isPermitKept = documentType === 'RESIDENT_ID' || documentType === 'PASSPORT';
  const sides: ImageSide[] = isPermitKept && !demanded.includes('permit') ? [...demanded, 'permit'] : [...demanded];
  const given = sides.map((side) => [side, form[FIELD_OF_SIDE[side]]] as const).filter(([, id]) => id !== '');
  return Object.fromEntries(given);
}
