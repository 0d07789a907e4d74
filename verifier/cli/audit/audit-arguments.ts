// The command line of inkseal-audit: what is to be audited, or why it cannot be understood.
import { parseArgs } from 'node:util';
import type { Sample } from '../../src/audit/index.ts';
import { type Language, readLanguage } from '../arguments.ts';
import { InputError } from '../input-error.ts';
import { AuditInputError } from './audit-input-error.ts';

export interface AuditArguments {
  /** Files and folders that hold what is audited beside the chain; none audits the chain alone. */
  readonly paths: readonly string[];
  readonly trust: string;
  readonly rpc: string;
  /** Where the trust file names several registries of the chain. */
  readonly registry?: string;
  readonly sample?: Sample;
  readonly state?: string;
  /** Where the report goes, as JSON and as a page. */
  readonly report?: string;
  readonly page?: string;
  readonly isJson: boolean;
  readonly isQuiet: boolean;
  readonly language: Language;
}

const OPTIONS = {
  trust: { type: 'string' },
  rpc: { type: 'string' },
  registry: { type: 'string' },
  sample: { type: 'string' },
  seed: { type: 'string' },
  state: { type: 'string' },
  report: { type: 'string' },
  page: { type: 'string' },
  lang: { type: 'string' },
  json: { type: 'boolean' },
  quiet: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

/** Throws InputError and AuditInputError. */
export function readAuditArguments(
  args: readonly string[],
  defaultLanguage: Language,
): AuditArguments | { help: Language } {
  const { values, positionals, tokens } = parse(args);
  const language = values.lang === undefined ? defaultLanguage : readLanguage(values.lang);
  if (values.help) return { help: language };
  const names = tokens.flatMap((token) => (token.kind === 'option' ? [token.name] : []));
  const repeated = names.find((name, place) => names.indexOf(name) < place);
  if (repeated !== undefined) throw new InputError('option-repeated', `--${repeated}`);
  const { trust, rpc, registry, state, report, page } = values;
  if (trust === undefined) throw new AuditInputError('needs-trust');
  if (rpc === undefined) throw new AuditInputError('needs-rpc');
  const sample = readSample(values.sample, values.seed);
  return {
    paths: positionals,
    trust,
    rpc,
    ...(registry !== undefined && { registry: registry.toLowerCase() }),
    ...(sample && { sample }),
    ...(state !== undefined && { state }),
    ...(report !== undefined && { report }),
    ...(page !== undefined && { page }),
    isJson: values.json === true,
    isQuiet: values.quiet === true,
    language,
  };
}

/** Without a seed of the auditor's the sample could be guessed, but it can be drawn again all the same. */
function readSample(size: string | undefined, seed: string | undefined): Sample | undefined {
  if (size === undefined) {
    if (seed !== undefined) throw new AuditInputError('seed-without-sample');
    return undefined;
  }
  if (!/^[1-9][0-9]{0,5}$/.test(size)) throw new AuditInputError('no-sample', size);
  return { size: Number(size), seed: seed ?? '' };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], allowPositionals: true, tokens: true, options: OPTIONS });
  } catch (error) {
    throw new InputError('options-unreadable', '', { cause: error });
  }
}
