// SPDX-License-Identifier: Apache-2.0
import { fill } from '../../i18n/fill.ts';
import { useWorksText } from './i18n.ts';

/** The name of a field of the publish form by its path: `files.2` is the third work file. */
export function useLabelOf(): (field: string) => string {
  const text = useWorksText();
  const labels: Record<string, string> = {
    title: text.name,
    intro: text.intro,
    creatorNature: text.creatorNature,
    publishCategory: text.category,
    workType: text.category,
    tags: text.tags,
    completedOn: text.completedOn,
    cover: text.cover,
    files: text.files,
    display: text.display,
  };
  return (field) => {
    const [root = '', index] = field.split('.');
    const number = Number(index) + 1;
    if (root === 'files' && index !== undefined) return fill(text.fileNumber, { number });
    if (root === 'display' && index !== undefined) return fill(text.displayNumber, { number });
    return labels[root] ?? field;
  };
}
