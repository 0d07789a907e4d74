// SPDX-License-Identifier: Apache-2.0
// Stands in for the thread that fills templates: does what the title of the work says.
export function make({ facts }: { facts: { title: string } }): Uint8Array {
  if (facts.title === 'exit') process.exit(3);
  if (facts.title === 'throw') throw new Error('test');
  return Buffer.from(facts.title);
}
