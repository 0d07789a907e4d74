// SPDX-License-Identifier: Apache-2.0
// 作品说明书: what only the authors can tell of their work, in boxes to write in.
import { namesOf, type TemplateFacts, titleOf } from '../template-facts.ts';
import { boxToFill, peopleTable, signersOf, type TemplateText, workTable } from '../template-text.ts';

export function workDescription(facts: TemplateFacts): TemplateText {
  return {
    to: facts.siteName,
    opening: [`本说明书由作品${titleOf(facts)}的作者${namesOf(facts.authors)}填写，用于说明作品的创作情况。`],
    tables: [workTable(facts), peopleTable('作者', facts.authors)],
    clauses: [
      { text: '作品内容。请概括作品的主题、主要内容和表现形式。', grid: boxToFill(30) },
      { text: '创作目的。请说明为什么创作本作品，以及作品的用途。', grid: boxToFill(26) },
      {
        text: '创作过程。请按照时间先后写明创作的起止时间、地点、主要步骤、使用的工具和形成的底稿。',
        grid: boxToFill(44),
      },
      { text: '独创性。请说明作者在构思、选择、编排和表达上作出的独创性贡献。', grid: boxToFill(44) },
      {
        text: '已有作品和素材的使用情况。使用他人作品、字体、图片、音乐等素材的，请写明名称、权利人和许可情况；没有使用的，请写“无”。',
        grid: boxToFill(30),
      },
      {
        text: '人工智能工具的使用情况。□ 没有使用　□ 使用了。使用了的，请写明工具名称、使用的环节，以及作者对生成内容所作的选择、修改和编排。',
        grid: boxToFill(36),
      },
      '作者保证本说明书的内容属实；如有不实，愿意承担相应的法律责任。',
    ],
    closing: '本说明书由作者签名；作者为法人或者非法人组织的，加盖公章。',
    signers: signersOf('作者', facts.authors),
  };
}
