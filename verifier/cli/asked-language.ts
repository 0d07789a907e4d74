// The language of a run, also where its arguments cannot be understood otherwise.
import type { Language } from './arguments.ts';

export function askedLanguage(args: readonly string[]): Language {
  const [, asked] = /(?:^|\n)--lang[=\n](en|zh)(?:\n|$)/.exec(args.join('\n')) ?? [];
  return asked === 'en' || asked === 'zh' ? asked : systemLanguage();
}

function systemLanguage(): Language {
  const { LC_ALL, LC_MESSAGES, LANG } = process.env;
  return (LC_ALL || LC_MESSAGES || LANG || '').startsWith('zh') ? 'zh' : 'en';
}
