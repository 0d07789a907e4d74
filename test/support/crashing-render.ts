// SPDX-License-Identifier: Apache-2.0
// Stands in for the thread that renders certificates: does what the receipt number says.

const BUSY_MS = 1_500;

export function render({ printed }: { printed: { receiptNumber: string } }): Uint8Array {
  const until = Date.now() + BUSY_MS;
  if (printed.receiptNumber === 'exit') process.exit(3);
  if (printed.receiptNumber === 'throw') throw new Error('test');
  if (printed.receiptNumber === 'memory') for (const all: string[][] = []; ; ) all.push(new Array(1e6).fill('x'));
  while (printed.receiptNumber === 'busy' && Date.now() < until);
  return Buffer.from(printed.receiptNumber);
}
