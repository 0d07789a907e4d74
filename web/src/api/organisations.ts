// SPDX-License-Identifier: Apache-2.0
import { useQuery } from '@tanstack/react-query';
import { call } from './client.ts';
import type { components } from './schema.gen.ts';

export type Organisation = components['schemas']['Organisation'];
export type OrganisationDraft = Required<components['schemas']['OrganisationDraft']>;
export type OrganisationReason = components['schemas']['OrganisationReason'];
export type OrganisationMember = components['schemas']['OrganisationMember'];
export type SentInvitation = components['schemas']['SentInvitation'];
export type Invitation = components['schemas']['Invitation'];
export type StaffOrganisation = components['schemas']['StaffOrganisation'];
export type StaffOrganisationView = components['schemas']['StaffOrganisationView'];
export type StaffOrganisationSummary = components['schemas']['StaffOrganisationSummary'];

/** The organisation that the session acts for. */
export function useOrganisation(isWanted = true) {
  return useQuery({
    enabled: isWanted,
    queryKey: ['organisation'],
    queryFn: ({ signal }) => call('get', '/organisations/current', { signal }),
  });
}

export function useMembers() {
  return useQuery({
    queryKey: ['organisation-members'],
    queryFn: ({ signal }) => call('get', '/organisations/current/members', { signal }),
  });
}

/** Invitations to the member's telephone that wait for an answer. */
export function useInvitations() {
  return useQuery({ queryKey: ['invitations'], queryFn: ({ signal }) => call('get', '/invitations', { signal }) });
}

/** Another party sees other lists: the pages begin again, with the new one in the header. */
export async function actFor(organisationId: string | null, page = '/member/profile'): Promise<void> {
  await call('put', '/session/acting', { body: { organisationId } });
  sessionStorage.removeItem('inkseal-pages');
  window.location.assign(page);
}
