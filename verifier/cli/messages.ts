// The sentences of the human output, in each language.

import type { Language } from './arguments.ts';
import type { Catalogue } from './catalogue.ts';
import { english } from './messages.en.ts';
import { chinese } from './messages.zh.ts';

export const catalogueOf = (language: Language): Catalogue => (language === 'zh' ? chinese : english);
