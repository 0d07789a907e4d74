// SPDX-License-Identifier: Apache-2.0
// What the schemas of settings cannot say: files that settings name, and settings that belong together.
import { readFileSync } from 'node:fs';
import { parseJson } from '@inkseal/service-kit';
import type { z } from 'zod';
import { StartError } from './errors.ts';

const LOCAL = ['127.0.0.1', '[::1]', 'localhost'];

export function invalidSetting(message: string, cause?: unknown): StartError {
  return new StartError('config-invalid', message, cause);
}

/** Throws `config-invalid` for a file that cannot be read. */
export function contentOf(setting: string, file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw invalidSetting(`${setting}: ${file} cannot be read`, cause);
  }
}

/** The account that a JSON file holds; throws `config-invalid`, which names what is wrong and no value: those are secrets. */
export function accountOf<Account extends z.ZodType>(
  setting: string,
  file: string,
  account: Account,
): z.output<Account> {
  const content = parseJson(contentOf(setting, file));
  if (content === undefined) throw invalidSetting(`${setting}: ${file} is not JSON`);
  const read = account.safeParse(content);
  if (read.success) return read.data;
  const wrong = read.error.issues.map(({ path: at, message }) => `${at.join('.') || 'the file'}: ${message}`);
  throw invalidSetting(`${setting}: ${wrong.join('; ')}`);
}

/** All of them, or undefined for none; throws `config-invalid` for some. */
export function together<Name extends string>(
  env: { readonly [Each in Name]?: string | undefined },
  names: readonly Name[],
): Record<Name, string> | undefined {
  const given = names.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]] as const]));
  if (given.length === 0) return undefined;
  if (given.length < names.length) throw invalidSetting(`${listOf(names)} belong together`);
  return Object.fromEntries(given) as Record<Name, string>; // each name was found above
}

export const listOf = (names: readonly string[]): string => new Intl.ListFormat('en').format(names);

/** Where http is as good as https. */
export const isThisMachine = (url: string): boolean => LOCAL.includes(new URL(url).hostname);
