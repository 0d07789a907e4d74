// SPDX-License-Identifier: Apache-2.0
export { registrationNoticeApi } from './notices.api.ts';
export { openRegistrationNotices } from './open-notices.ts';
