// What an audit says to people, in both languages.
import type { AuditLanguage, AuditSentences } from './sentence-types.ts';
import { english } from './sentences.en.ts';
import { chinese } from './sentences.zh.ts';

export const sentencesOf = (language: AuditLanguage): AuditSentences => (language === 'zh' ? chinese : english);
