// SPDX-License-Identifier: Apache-2.0
// Faults in intake, sequencing and anchoring: each would lose, double or misnumber an entry.
import type { Fault, TestCommand } from './fault.ts';

const mocha = (file: string, only?: string): TestCommand => ({
  runner: 'mocha',
  file: `ledger-service/src/${file}`,
  ...(only && { only }),
});
const sealing = 'ledger-service/src/batching/seal-batch.ts';
const numbering = 'ledger-service/src/batching/number-entries.ts';

export const ledgerFaults: readonly Fault[] = [
  {
    name: 'a digest under another kind is taken as known',
    file: 'ledger-service/src/intake/submit-entries.ts',
    text: '  const wrong = inputs.filter(differs);',
    replacement: '  const wrong = inputs.filter(() => false);',
    harm: 'A client would be told that his registration is on record where only an attestation is.',
    test: mocha('intake/submit-entries.test.ts', 'refuses with digest-conflict'),
  },
  {
    name: 'an answer is given although nothing was committed',
    file: 'ledger-service/src/db/database.ts',
    text: "await client.query('COMMIT');",
    replacement: "await client.query('ROLLBACK');",
    harm: 'An accepted entry would be lost.',
    test: mocha('intake/submit-entries.test.ts', 'after the commit'),
  },
  {
    name: 'a number is left out between two batches',
    file: sealing,
    text: 'SELECT id, first_number + count AS next FROM batch',
    replacement: 'SELECT id, first_number + count + 1 AS next FROM batch',
    harm: 'The contract would refuse every batch but the first: anchoring stands still for ever.',
    test: mocha('batching/seal-batch.test.ts'),
  },
  {
    name: 'a row gets another number than its statement',
    file: numbering,
    text: 'SET number = c.number,',
    replacement: 'SET number = c.number + 1,',
    harm: 'Everybody would be shown the certificate of his neighbour.',
    test: mocha('batching/seal-batch.test.ts'),
  },
  {
    name: 'the leaves of a batch stand in another order than its numbers',
    file: numbering,
    text: "string_agg(leaf, '' ORDER BY number)",
    replacement: "string_agg(leaf, '' ORDER BY number DESC)",
    harm: 'No proof of a batch would verify, when it is too late to number it anew.',
    test: mocha('batching/seal-batch.test.ts'),
  },
  {
    name: 'entries of the future are numbered at once',
    file: numbering,
    text: 'received_at <= $10',
    replacement: '$10::timestamptz IS NOT NULL',
    harm: 'Under a clock ahead of the chain, entries would become final whose proofs fail for ever.',
    test: mocha('batching/seal-batch.test.ts'),
  },
  {
    name: 'entries are sealed out of their order',
    file: numbering,
    text: 'ORDER BY received_at, id LIMIT',
    replacement: 'ORDER BY received_at DESC, id LIMIT',
    harm: 'Under load the oldest entries would wait for ever.',
    test: mocha('batching/seal-batch.test.ts'),
  },
  {
    name: 'a batch is signed by each of two processes',
    file: 'ledger-service/src/anchoring/sign-batches.ts',
    text: '      if (rowCount !== 1) return false;\n',
    replacement: '',
    harm: 'Two transactions for one batch: the second reverts, and anchoring halts.',
    test: mocha('anchoring/sign-batches.test.ts'),
  },
  {
    name: 'a nonce is used again',
    file: 'ledger-service/src/transactions/sign.ts',
    text: '(SELECT max(nonce) + 1 FROM chain_transaction WHERE sender = address)',
    replacement: '(SELECT max(nonce) FROM chain_transaction WHERE sender = address)',
    harm: 'A batch would take the place of the one before it.',
    test: mocha('anchoring/sign-batches.test.ts'),
  },
  {
    name: 'two signers read the same next nonce',
    file: 'ledger-service/src/transactions/sign.ts',
    text: "await client.query('SELECT FROM chain_account WHERE address = $1 FOR UPDATE', [sender]);",
    replacement: "await client.query('SELECT FROM chain_account WHERE address = $1', [sender]);",
    harm: 'Of two batches signed at once one would never be mined.',
    test: mocha('anchoring/sign-batches.test.ts'),
  },
  {
    name: 'depth is left out of finality',
    file: 'ledger-service/src/chain/finality.ts',
    text: '{ number: head - BigInt(finality.blocks) }',
    replacement: '{ number: head }',
    harm: 'A proof would be given of a block that the chain may yet drop.',
    test: mocha('chain/finality.test.ts'),
  },
  {
    name: 'a mined batch is called final before its block is',
    file: 'ledger-service/src/proofs/prove-batches.ts',
    text: "state !== 'mined' || BigInt(mined_block) > final.number",
    replacement: "state !== 'mined'",
    harm: 'A final entry could vanish with its block.',
    test: mocha('proofs/prove-batches.test.ts'),
  },
  {
    name: 'a chain ahead of a restored database goes unseen',
    file: 'ledger-service/src/registry/compare.ts',
    text: 'if (!last || BigInt(last.next) !== onChain) return true;',
    replacement: 'if (!last || BigInt(last.next) !== onChain) return false;',
    harm: 'A number that is already on a certificate would be given out again.',
    test: mocha('steps.test.ts', 'steps on embedded refuses to go on where'),
  },
];
