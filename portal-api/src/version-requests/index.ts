// SPDX-License-Identifier: Apache-2.0
export { eraseVersionRequests } from './erase-requests.ts';
export { versionedRegistrations, versionOnRecord } from './issued-version.ts';
export { openVersionRequests } from './open-version-requests.ts';
export { staffVersionRequestApi, versionRequestApi } from './version-requests.api.ts';
