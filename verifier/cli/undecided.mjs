// SPDX-License-Identifier: Apache-2.0
// Loaded before the verifier: what nobody catches, a part that is missing for one, decides nothing. Left to Node it would end
// with 1, which means not verified.
process.on('uncaughtException', (error) => {
  console.error(error);
  process.exit(2);
});
