// SPDX-License-Identifier: Apache-2.0
import type { Database } from '../db/database.ts';
import { type Endpoint, endpoint } from '../http/endpoint.ts';
import { memberOf } from '../http/members.ts';
import type { Contacts } from './deliver.ts';
import { countUnread, listMessages, type MessageRecord, markAllRead, markRead } from './inbox.store.ts';
import { CHANNELS, GROUP_NAMES, GROUPS, type Language } from './kind.ts';
import { KINDS } from './kinds.ts';
import { notificationApi } from './notifications.api.ts';
import { preferenceOf, savePreference } from './preferences.ts';

export function notificationEndpoints(
  { prisma }: Pick<Database, 'prisma'>,
  contacts: Pick<Contacts, 'organisationNameOf'>,
): Endpoint[] {
  const preferenceView = async (accountId: string) => ({
    ...(await preferenceOf(prisma, accountId)),
    groups: GROUP_NAMES.map((group) => ({ group, isRequired: GROUPS[group].isRequired })),
    channels: [...CHANNELS],
  });
  return [
    endpoint(notificationApi.list, async ({ query: { unread, ...page }, req }) => {
      const { id } = memberOf(req);
      const { items, next } = await listMessages(prisma, id, { ...page, isUnreadOnly: unread === 'true' });
      const names = await namesIn(items, contacts);
      return { items: items.map((item) => viewOf(item, names)), next, unread: await countUnread(prisma, id) };
    }),
    endpoint(notificationApi.unread, async ({ req }) => ({ unread: await countUnread(prisma, memberOf(req).id) })),
    endpoint(notificationApi.markRead, async ({ params: { id }, req }) => {
      await markRead(prisma, memberOf(req).id, id);
      return undefined;
    }),
    endpoint(notificationApi.markAllRead, async ({ body: { upTo }, req }) => {
      await markAllRead(prisma, memberOf(req).id, upTo);
      return undefined;
    }),
    endpoint(notificationApi.readPreference, ({ req }) => preferenceView(memberOf(req).id)),
    endpoint(notificationApi.savePreference, async ({ body, req }) => {
      const { id } = memberOf(req);
      await savePreference(prisma, id, body);
      return preferenceView(id);
    }),
  ];
}

async function namesIn(
  messages: readonly MessageRecord[],
  { organisationNameOf }: Pick<Contacts, 'organisationNameOf'>,
) {
  const ids = [...new Set(messages.flatMap(({ organisationId }) => organisationId ?? []))];
  return new Map(await Promise.all(ids.map(async (id) => [id, await organisationNameOf(id)] as const)));
}

function viewOf(message: MessageRecord, organisationNames: ReadonlyMap<string, string>) {
  const { id, organisationId, kind: name, subjectId, data, createdAt, readAt } = message;
  const kind = KINDS[name];
  const textIn = (language: Language) => {
    const { title, body } = kind.textOf(language, data);
    return { title, body };
  };
  return {
    id,
    kind: name,
    text: { zh: textIn('zh'), en: textIn('en') },
    organisation:
      organisationId === null ? null : { id: organisationId, name: organisationNames.get(organisationId) ?? '' },
    path: kind.pathOf(subjectId, data),
    opensFor: kind.isOfParty ? (organisationId ?? 'self') : null,
    createdAt: createdAt.toISOString(),
    readAt: readAt?.toISOString() ?? null,
  };
}
