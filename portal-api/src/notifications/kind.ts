// SPDX-License-Identifier: Apache-2.0
// What a kind of message is. The list of all is in kinds.ts.
import type { z } from 'zod';
import { timeInChina } from '../china-time.ts';
import type { SmsText } from '../delivery/sms-text.ts';

export const LANGUAGES = ['zh', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

export const CHANNELS = ['sms', 'mail'] as const;
/** Beside the inbox, which gets every message. */
export type Channel = (typeof CHANNELS)[number];

/** What members switch on and off. Law or money needs the required ones: they are always sent. */
export const GROUPS = {
  /** Decisions of reviewers, and deadlines after which a right is lost. */
  decisions: { isRequired: true },
  payments: { isRequired: true },
  certificates: { isRequired: false },
  security: { isRequired: false },
} as const;

export type Group = keyof typeof GROUPS;
export const GROUP_NAMES = Object.keys(GROUPS) as [Group, ...Group[]];

export interface MessageText {
  title: string;
  /** Lines of plain text. */
  body: string;
  /** For kinds that are sent so. At most 70 characters in Chinese, 160 in English: one text message. No titles, names or links. */
  sms?: SmsText;
}

export interface Kind<Data extends z.ZodType = z.ZodType> {
  group: Group;
  /** Besides the inbox. */
  channels: readonly Channel[];
  /** What the sentences need. Nothing that identifies a person. */
  data: Data;
  /** Page of the member centre where the member takes the next step. */
  pathOf(subjectId: string, data: unknown): string;
  /** The page shows what a party owns, so the member has to act for that party; another page shows the account itself. */
  isOfParty: boolean;
  textOf(language: Language, data: unknown): MessageText;
}

interface Definition<Data extends z.ZodType> extends Pick<Kind<Data>, 'group' | 'channels' | 'data' | 'isOfParty'> {
  pathOf(subjectId: string, data: z.output<Data>): string;
  texts: Readonly<Record<Language, (data: z.output<Data>) => MessageText>>;
}

export function kind<Data extends z.ZodType>({ pathOf, texts, ...definition }: Definition<Data>): Kind<Data> {
  const parse = (data: unknown) => definition.data.parse(data);
  return {
    ...definition,
    pathOf: (subjectId, data) => pathOf(subjectId, parse(data)),
    textOf: (language, data) => texts[language](parse(data)),
  };
}

/** Day in China, such as 2026-11-28, of a time in UTC. */
export function dayOf(time: string): string {
  return minuteOf(time).slice(0, 10);
}

/** Minute in China, such as 2026-11-28 13:05. */
export function minuteOf(time: string): string {
  return timeInChina(new Date(time)).slice(0, 16);
}

export const yuanOf = (fen: number): string => `¥${(fen / 100).toFixed(2)}`;
