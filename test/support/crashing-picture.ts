// SPDX-License-Identifier: Apache-2.0
// Stands in for the process that decodes pictures: it ends as a crash of native code ends one, when a picture says so.
process.on('message', ({ bytes }: { bytes: Uint8Array }) => {
  if (Buffer.from(bytes).toString() === 'crash') process.kill(process.pid, 'SIGSEGV');
  process.send?.({ data: bytes, width: 1, height: 1 });
});
process.on('disconnect', () => process.exit());
