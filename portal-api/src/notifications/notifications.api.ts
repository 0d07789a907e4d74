// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { pageQuery } from '../http/cursor.ts';
import { operation } from '../http/operation.ts';
import { code } from '../http/validation.ts';
import { CHANNELS, GROUP_NAMES, LANGUAGES } from './kind.ts';
import { KIND_NAMES } from './kinds.ts';
import { isSwitchable } from './preferences.ts';

const sentenceSchema = z.object({ title: z.string(), body: z.string().meta({ description: 'Lines of plain text' }) });

const messageSchema = z
  .object({
    id: z.uuid(),
    kind: z.enum(KIND_NAMES),
    text: z.object({ zh: sentenceSchema, en: sentenceSchema }),
    organisation: z
      .object({ id: z.uuid(), name: z.string() })
      .nullable()
      .meta({ description: 'Whose event it is; null for an event of the member' }),
    path: z.string().meta({ description: 'Page of the member centre where the member takes the next step' }),
    opensFor: z.string().nullable().meta({
      description: 'For whom to act on that page: the id of an organisation, or `self`; null where either will do',
    }),
    createdAt: z.iso.datetime(),
    readAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'Message' });

const offGroups = z
  .array(z.enum(GROUP_NAMES).refine(isSwitchable, code('not-an-option')).meta({ example: 'certificates' }))
  .max(GROUP_NAMES.length)
  .meta({ description: 'Groups that are not sent by this channel; required ones cannot be among them' });

const preferenceSchema = z.strictObject({
  language: z.enum(LANGUAGES).meta({ description: 'Of text messages and mails' }),
  off: z.strictObject({ sms: offGroups, mail: offGroups }),
});

const preferenceView = preferenceSchema
  .extend({
    groups: z.array(z.object({ group: z.enum(GROUP_NAMES), isRequired: z.boolean() })),
    channels: z.array(z.enum(CHANNELS)),
  })
  .meta({ id: 'MessagePreference' });

const idParams = z.object({ id: z.uuid() });

export const notificationApi = {
  list: operation({
    method: 'get',
    path: '/messages',
    summary: 'My messages, newest first',
    access: 'member',
    query: z.object({ ...pageQuery, unread: z.enum(['true', 'false']).prefault('false') }),
    answer: z.object({ items: z.array(messageSchema), next: z.string().nullable(), unread: z.int() }),
  }),
  unread: operation({
    method: 'get',
    path: '/messages/unread',
    summary: 'How many of my messages are unread',
    access: 'member',
    answer: z.object({ unread: z.int() }),
  }),
  markRead: operation({
    method: 'put',
    path: '/messages/{id}/read',
    summary: 'Mark a message as read',
    access: 'member',
    params: idParams,
    errors: ['message-not-found'],
  }),
  markAllRead: operation({
    method: 'put',
    path: '/messages/read',
    summary: 'Mark all messages up to one as read; later ones stay unread',
    access: 'member',
    body: z.strictObject({ upTo: z.uuid() }),
  }),
  readPreference: operation({
    method: 'get',
    path: '/message-preference',
    summary: 'Which messages I get by text message and mail, and in which language',
    access: 'member',
    answer: preferenceView,
  }),
  savePreference: operation({
    method: 'put',
    path: '/message-preference',
    summary: 'Choose which messages I get by text message and mail, and in which language',
    access: 'member',
    body: preferenceSchema,
    answer: preferenceView,
  }),
};
