// SPDX-License-Identifier: Apache-2.0
// What files of another system may say of members, works and certificates (docs/import.md). The rules of each value are those of
// the forms.
import { z } from 'zod';
import { phoneSchema } from '../accounts/index.ts';
import { earlierNumberSchema } from '../earlier-certificates/index.ts';
import { cleanLine } from '../http/text.ts';
import { code, pasted } from '../http/validation.ts';
import { addressSchema, emailSchema, nameSchema, residentIdSchema } from '../identity/index.ts';
import { daySchema, line, WORK_TYPES, workCreationSchema } from '../works/index.ts';

/** As the other system gives it: it only has to stay the same. */
const sourceId = z.string().regex(/^[\p{L}\p{N}_.:/-]{1,64}$/u);

/** A cell that is empty says nothing. */
const optional = <S extends z.ZodType>(schema: S) =>
  z.preprocess((cell) => (cell === '' ? undefined : cell), schema.optional()).optional();

const memberRow = z.strictObject({
  id: sourceId,
  phone: phoneSchema,
  name: optional(nameSchema),
  idNumber: optional(residentIdSchema),
  email: optional(emailSchema),
  address: optional(addressSchema),
});

const WORK_COLUMNS = [
  'id',
  'member',
  'title',
  'intro',
  'creatorNature',
  'publishCategory',
  'workType',
  'tags',
  'completedOn',
] as const;

const cells = z.record(z.string(), z.string());

/** A draft: its files come later, from its owner. An empty cell says nothing. */
const workRow = z.preprocess(
  (row) => {
    const { id, member, tags = '', ...form } = cells.parse(row);
    const said = Object.fromEntries(Object.entries(form).filter(([, text]) => text.trim() !== ''));
    return {
      id,
      member,
      form: { ...said, tags: tags.split(/[、；;]/u).flatMap((tag) => tag.trim() || []), state: 'DRAFT' },
    };
  },
  z.strictObject({
    id: sourceId,
    member: sourceId,
    form: workCreationSchema.refine(({ title }) => title !== '', {
      ...code('missing'),
      path: ['title'],
      when: () => true,
    }),
  }),
);

const MAX_OWNERS = 50;
const filled = (max: number) => line(max).refine((text) => text !== '', code('missing'));

/** 历史证书: what another system issued. */
const certificateRow = z.strictObject({
  number: earlierNumberSchema,
  source: filled(100),
  title: filled(100),
  workType: optional(z.enum(WORK_TYPES)),
  owners: z
    .string()
    .transform((text) => text.split(/[、；;]/u).flatMap((name) => cleanLine(name) || []))
    .refine((names) => names.length > 0, { ...code('missing'), abort: true })
    .pipe(z.array(line(100)).max(MAX_OWNERS))
    .refine((names) => new Set(names).size === names.length, code('duplicate')),
  issuedOn: daySchema,
  fileSha256: optional(pasted(z.string().regex(/^[0-9a-f]{64}$/), (text) => text.toLowerCase())),
  pdf: optional(z.string().max(255)),
  phone: optional(phoneSchema),
});

export type MemberRow = z.output<typeof memberRow>;
export type WorkRow = z.output<typeof workRow>;
export type CertificateRow = z.output<typeof certificateRow>;

interface Format<Row extends z.ZodType> {
  row: Row;
  columns: readonly string[];
  demanded: readonly string[];
}

export const FORMATS = {
  members: {
    row: memberRow,
    columns: Object.keys(memberRow.shape),
    demanded: ['id', 'phone'],
  },
  works: {
    row: workRow,
    columns: WORK_COLUMNS,
    demanded: ['id', 'member', 'title'],
  },
  certificates: {
    row: certificateRow,
    columns: Object.keys(certificateRow.shape),
    demanded: ['number', 'source', 'title', 'owners', 'issuedOn'],
  },
} as const satisfies Record<string, Format<z.ZodType>>;

export type Kind = keyof typeof FORMATS;
/** In this order: a row may name one of a kind before it. */
export const KINDS = ['members', 'works', 'certificates'] as const satisfies readonly Kind[];

/** As centres name the columns of their tables. */
export const CHINESE_COLUMNS: Readonly<Record<string, string>> = {
  编号: 'id',
  手机号: 'phone',
  手机号码: 'phone',
  姓名: 'name',
  身份证号: 'idNumber',
  身份证号码: 'idNumber',
  邮箱: 'email',
  电子邮箱: 'email',
  地址: 'address',
  会员编号: 'member',
  作品名称: 'title',
  作品简介: 'intro',
  创作性质: 'creatorNature',
  作品分类: 'publishCategory',
  作品类型: 'workType',
  标签: 'tags',
  完成日期: 'completedOn',
  证书编号: 'number',
  登记号: 'number',
  签发机构: 'source',
  发证机构: 'source',
  著作权人: 'owners',
  权利人: 'owners',
  签发日期: 'issuedOn',
  发证日期: 'issuedOn',
  原件摘要: 'fileSha256',
  证书文件: 'pdf',
};
