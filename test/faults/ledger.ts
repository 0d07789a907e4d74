// SPDX-License-Identifier: Apache-2.0
// Faults in intake, sequencing and anchoring: each would lose, double or misnumber an entry.
import type { Fault, TestCommand } from './fault.ts';

const mocha = (file: string, only?: string): TestCommand => ({
  runner: 'mocha',
  file: `ledger-service/src/${file}`,
  ...(only && { only }),
});
const numbering = 'ledger-service/src/batching/batching.sql.ts';

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
    file: 'service-kit/src/db/transaction-session.ts',
    text: 'return executeRaw.call(transaction, query).catch(',
    replacement: "return executeRaw.call(transaction, { ...query, sql: 'ROLLBACK' }).catch(",
    harm: 'An accepted entry would be lost.',
    test: mocha('intake/submit-entries.test.ts', 'after the commit'),
  },
  {
    name: 'a number is left out between two batches',
    file: numbering,
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
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the text of a template in the source
    text: 'received_at <= ${receivedUntil}',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the text of a template in the source
    replacement: '${receivedUntil}::timestamptz IS NOT NULL',
    harm: 'Under a clock ahead of the chain, entries would become final whose proofs fail for ever.',
    test: mocha('batching/seal-batch.test.ts'),
  },
  {
    name: 'entries are sealed out of their order',
    file: numbering,
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the text of a template in the source
    text: 'ORDER BY received_at, id LIMIT ${maxSize}',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the text of a template in the source
    replacement: 'ORDER BY received_at DESC, id LIMIT ${maxSize}',
    harm: 'Under load the oldest entries would wait for ever.',
    test: mocha('batching/seal-batch.test.ts'),
  },
  {
    name: 'a batch is signed by each of two processes',
    file: 'ledger-service/src/anchoring/sign-batches.ts',
    text: '    if (signed.count !== 1) return false;\n',
    replacement: '',
    harm: 'Two transactions for one batch: the second reverts, and anchoring halts.',
    test: mocha('anchoring/sign-batches.test.ts'),
  },
  {
    name: 'a nonce is used again',
    file: 'ledger-service/src/transactions/sign.ts',
    text: '(_max.nonce ?? -1n) + 1n',
    replacement: '(_max.nonce ?? -1n)',
    harm: 'A batch would take the place of the one before it.',
    test: mocha('anchoring/sign-batches.test.ts'),
  },
  {
    name: 'two signers read the same next nonce',
    file: 'ledger-service/src/transactions/transactions.sql.ts',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the text of a template in the source
    text: 'WHERE address = ${sender} FOR UPDATE',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the text of a template in the source
    replacement: 'WHERE address = ${sender}',
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
    file: 'ledger-service/src/proofs/proofs.sql.ts',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the text of a template in the source
    text: "state = 'mined' AND mined_block <= ${finalBlock} AND",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the text of a template in the source
    replacement: "state = 'mined' AND ${finalBlock}::bigint IS NOT NULL AND",
    harm: 'A final entry could vanish with its block.',
    test: mocha('proofs/prove-batches.test.ts'),
  },
  {
    name: 'proofs are taken in the order in which they were asked for',
    file: 'ledger-service/src/chain/readings.ts',
    text: 'slots.map((slot) => readNodes(byKey.get(BigInt(slot)),',
    replacement: 'slots.map((_slot, at) => readNodes([...byKey.values()][at],',
    harm: 'On Hyperledger Besu, which sorts them, batches that share a block could never be proven.',
    test: mocha('chain/readings.test.ts'),
  },
  {
    name: 'a proof that no verifier accepts is stored',
    file: 'ledger-service/src/proofs/batch-proof.ts',
    text: 'if (reason === undefined) proven.push(proof);',
    replacement: 'if (reason !== null) proven.push(proof);',
    harm: 'An entry would be called final whose proof fails.',
    test: mocha('proofs/out-of-order.test.ts'),
  },
  {
    name: 'two batches may become final at one place of the list',
    file: 'ledger-service/src/proofs/finish-batches.ts',
    text: "    await lockUntilCommit(tx, 'finality');\n",
    replacement: '',
    harm: 'A client that follows final entries would miss a batch that is committed behind its cursor.',
    test: mocha('proofs/finish-batches.test.ts'),
  },
  {
    name: 'a chain ahead of a restored database goes unseen',
    file: 'ledger-service/src/registry/compare.ts',
    text: 'if (!last || nextAfter(last) !== onChain) return true;',
    replacement: 'if (!last || nextAfter(last) !== onChain) return false;',
    harm: 'A number that is already on a certificate would be given out again.',
    test: mocha('steps.test.ts', 'steps on embedded refuses to go on where'),
  },
];
