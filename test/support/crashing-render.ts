// SPDX-License-Identifier: Apache-2.0
// Stands in for the thread that renders certificates: does what the document number says.

const BUSY_MS = 1_500;

export function render({ printed }: { printed: { documentNumber: string } }): Uint8Array {
  const until = Date.now() + BUSY_MS;
  if (printed.documentNumber === 'exit') process.exit(3);
  if (printed.documentNumber === 'throw') throw new Error('test');
  if (printed.documentNumber === 'memory') for (const all: string[][] = []; ; ) all.push(new Array(1e6).fill('x'));
  while (printed.documentNumber === 'busy' && Date.now() < until);
  return Buffer.from(printed.documentNumber);
}
