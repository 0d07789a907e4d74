// SPDX-License-Identifier: Apache-2.0
export { memberApi } from './members.api.ts';
export { type Organisations, openOrganisations } from './open-organisations.ts';
export { INVITATION_TEXT, INVITATION_TOPIC } from './organisation-notices.ts';
export { organisationApi } from './organisations.api.ts';
export { staffOrganisationApi } from './staff.api.ts';
