// The command line: what was asked for, or why it cannot be understood.
import { parseArgs } from 'node:util';
import { InputError } from './input-error.ts';

export type Language = 'en' | 'zh';

export interface Arguments {
  /** One, or several when no originals are compared. */
  readonly proofs: readonly string[];
  readonly files: readonly string[];
  /** What a receipt is compared with: a bundle or an absence proof, alone or in its container. */
  readonly proof?: string;
  /** The proof is judged under each. */
  readonly trust: readonly string[];
  /** Public keys, one of which must have signed each trust file. */
  readonly trustKeys: readonly string[];
  readonly rpc?: string;
  readonly maxStatusAgeSeconds?: number;
  readonly isJson: boolean;
  readonly language: Language;
}

const SECONDS_IN = new Map([
  ['s', 1],
  ['m', 60],
  ['h', 3_600],
  ['d', 86_400],
]);

const MAY_REPEAT = new Set(['file', 'trust', 'trust-key']);

/** What the arguments ask for: a verification, or help in a language. Throws InputError. */
export function readArguments(args: readonly string[], defaultLanguage: Language): Arguments | { help: Language } {
  const { values, positionals, tokens } = parse(args);
  const { proof, trust = [], rpc, file = [], lang } = values;
  const trustKeys = values['trust-key'] ?? [];
  const language = lang === undefined ? defaultLanguage : readLanguage(lang);
  if (values.help) return { help: language };
  const valued = tokens.flatMap((token) => (token.kind === 'option' && token.value !== undefined ? [token.name] : []));
  const repeated = valued.find((name, place) => !MAY_REPEAT.has(name) && valued.indexOf(name) < place);
  if (repeated !== undefined) throw new InputError('option-repeated', `--${repeated}`);
  if (positionals.length === 0) throw new InputError('no-proof-given');
  if (positionals.length > 1 && file.length > 0) throw new InputError('files-of-several');
  if (positionals.length > 1 && proof !== undefined) throw new InputError('proof-of-several');
  const age = values['max-status-age'];
  return {
    proofs: positionals,
    files: file,
    ...(proof !== undefined && { proof }),
    trust,
    trustKeys,
    ...(rpc !== undefined && { rpc }),
    ...(age !== undefined && { maxStatusAgeSeconds: readDuration(age) }),
    isJson: values.json === true,
    language,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      tokens: true,
      options: {
        file: { type: 'string', multiple: true },
        proof: { type: 'string' },
        trust: { type: 'string', multiple: true },
        'trust-key': { type: 'string', multiple: true },
        rpc: { type: 'string' },
        'max-status-age': { type: 'string' },
        lang: { type: 'string' },
        json: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw new InputError('options-unreadable', '', { cause: error });
  }
}

function readDuration(text: string): number {
  const [, amount, unit = ''] = /^(\d{1,9})([smhd])$/.exec(text) ?? [];
  const seconds = SECONDS_IN.get(unit);
  if (amount === undefined || seconds === undefined) throw new InputError('no-duration', text);
  return Number(amount) * seconds;
}

export function readLanguage(text: string): Language {
  if (text !== 'en' && text !== 'zh') throw new InputError('no-language', text);
  return text;
}
