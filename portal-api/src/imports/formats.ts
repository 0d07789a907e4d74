// SPDX-License-Identifier: Apache-2.0
// What files of another system may say of members and works (docs/import.md). The rules of each value are those of the forms.
import { z } from 'zod';
import { phoneSchema } from '../accounts/index.ts';
import { code } from '../http/validation.ts';
import { addressSchema, emailSchema, nameSchema, residentIdSchema } from '../identity/index.ts';
import { workCreationSchema } from '../works/index.ts';

/** As the other system gives it: it only has to stay the same. */
const sourceId = z.string().regex(/^[\p{L}\p{N}_.:/-]{1,64}$/u);

/** A cell that is empty says nothing. */
const optional = <S extends z.ZodType>(schema: S) =>
  z.union([z.literal('').transform(() => undefined), schema]).optional();

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

export type MemberRow = z.output<typeof memberRow>;
export type WorkRow = z.output<typeof workRow>;

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
} as const satisfies Record<string, Format<z.ZodType>>;

export type Kind = keyof typeof FORMATS;
export const KINDS = ['members', 'works'] as const satisfies readonly Kind[];

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
};
