// SPDX-License-Identifier: Apache-2.0
// Words that docs/concepts.md keeps for one thing: elsewhere the thing has another name.
import { filesOf, linesMatching, type Rule, type SourceFile } from './rule.ts';

interface KeptWord {
  name: string;
  pattern: RegExp;
  /** Where the word is about the thing it is kept for. */
  mayStandIn: RegExp;
  /** Lines that are about that thing in other files. */
  mayStandBeside: RegExp;
}

const KEPT: readonly KeptWord[] = [
  {
    name: 'only validators seal: batches are closed, bytes encrypted, certificates stamped',
    pattern: /(?<![kK])seal|Seal|\bSEAL/,
    mayStandIn: /^(web\/src\/lookup|ledger-service\/src\/(chain|registry|proofs))\//,
    mayStandBeside:
      /validator|\bblocks?\b|\bheaders?\b|consensus|[nN]obody's seals|Inkseal|until November 2026|pulse-seal/,
  },
  {
    name: 'a receipt is the acceptance receipt: others are results, delivery reports, payment slips, document numbers',
    pattern: /receipt/i,
    mayStandIn:
      /^(ledger-service\/src\/((chain\/fixtures|http|proofs|receipts)\/|(compose|config|db\/advisory-locks)\.ts$)|portal-api\/src\/((ledger|manifests)\/|(compose|describe|http\/metrics(\.test)?|\w+\/\w+\.(view|schema))\.ts$)|web\/(testing|src\/(api|lookup|member|offline|orders))\/)/,
    mayStandBeside: /acceptance|receipts-off|receipt-not-found|`receipts`|TransactionReceipt|receiptsRoot|\|Receipt\//,
  },
];

const OURS = '{ledger-service,portal-api,service-kit,web}/**/*.{ts,tsx,css,md}';

const ruleOf = ({ name, pattern, mayStandIn, mayStandBeside }: KeptWord): Rule => ({
  name,
  run: async (root) => {
    const isChecked = ({ path: file }: SourceFile) => !mayStandIn.test(file);
    const lines = linesMatching(filesOf(root, OURS).filter(isChecked), pattern);
    return lines.filter((line) => !mayStandBeside.test(line));
  },
});

export const wordRules: Rule[] = KEPT.map(ruleOf);
