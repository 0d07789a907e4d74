// SPDX-License-Identifier: Apache-2.0
export { smsKinds } from './kinds.ts';
export { notificationApi } from './notifications.api.ts';
export { notify, type Recipient } from './notify.ts';
export { openNotifications } from './open-notifications.ts';
