// inkseal-audit: a node, a trust file, and whatever somebody holds. Exit codes: 0 no fault found, 1 faults found, 2 could not
// decide. The network is asked for nothing but the node.
import { resolve } from 'node:path';
import { folderStage } from '../../src/audit/index.ts';
import { askedLanguage } from '../asked-language.ts';
import { readBounded } from '../open-proof.ts';
import { printable } from '../render.ts';
import { readAuditArguments } from './audit-arguments.ts';
import { auditMessages } from './audit-messages.ts';
import { folderSource } from './folder-source.ts';
import { auditSentence, performAudit, publishAudit } from './perform-audit.ts';

const UNDECIDED = 2;

async function main(args: readonly string[]): Promise<number> {
  const language = askedLanguage(args);
  try {
    const asked = readAuditArguments(args, language);
    if ('help' in asked) {
      console.log(auditMessages(asked.help).help);
      return 0;
    }
    const { paths } = asked;
    const report = await performAudit({
      ...asked,
      trust: await readBounded(asked.trust),
      program: 'inkseal-audit',
      stages: paths.length === 0 ? [] : [folderStage(folderSource(paths))],
      about: paths.map((path) => resolve(path)),
    });
    await publishAudit(report, asked);
    return report.exitCode;
  } catch (error) {
    const sentence = auditSentence(error, language);
    // A defect of this program decides nothing either; left to Node it would end with 1, faults found.
    if (sentence === undefined) console.error(error);
    else console.error(`inkseal-audit: ${printable(sentence)}`);
    return UNDECIDED;
  }
}

process.exitCode = await main(process.argv.slice(2));
