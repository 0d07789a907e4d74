// SPDX-License-Identifier: Apache-2.0
// The lists of `npm run faults` stay true when the code changes: each fault has one place where it can be planted.
import { type Fault, readFaults } from '../faults/fault.ts';
import { occurrences } from '../faults/plant.ts';
import type { Rule } from './rule.ts';

export const faultRule: Rule = {
  name: 'the text of every fault to plant occurs exactly once in its file',
  run: async (root) => {
    const faults = readFaults(root);
    const isRepeated = ({ id }: Fault, place: number) => faults.findIndex((each) => each.id === id) < place;
    return [
      ...faults.flatMap((fault) => faultsOf(root, fault)),
      ...faults.filter(isRepeated).map(({ list, sentence }) => `${list}: “${sentence}” is listed twice`),
    ];
  },
};

function faultsOf(root: string, fault: Fault): string[] {
  const found = occurrences(root, fault);
  if (found === 1) return [];
  return [
    `scripts/faults/list/${fault.list}.txt: “${fault.sentence}”: its text occurs ${found} times in ${fault.file}`,
  ];
}
