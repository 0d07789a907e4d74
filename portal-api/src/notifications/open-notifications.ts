// SPDX-License-Identifier: Apache-2.0
import type { Domain } from '../domain.ts';
import type { Platform } from '../platform.ts';
import { type Contacts, deliveryTopics } from './deliver.ts';
import { notificationEndpoints } from './notifications.routes.ts';

type NotificationPlatform = Pick<Platform, 'db' | 'delivery' | 'publicUrl'>;

export function openNotifications(platform: NotificationPlatform, contacts: Contacts): Domain {
  return {
    endpoints: notificationEndpoints(platform.db, contacts),
    topics: deliveryTopics({ ...platform, contacts }),
  };
}
