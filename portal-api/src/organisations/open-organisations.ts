// SPDX-License-Identifier: Apache-2.0
import type { Domain } from '../domain.ts';
import { createIdentityViews } from '../identity/index.ts';
import type { Platform } from '../platform.ts';
import { createStaffReviews } from '../staff-reviews/index.ts';
import type { StoredKind } from '../storage/stored-kind.ts';
import { createInvitationStore } from './invitations.store.ts';
import { memberEndpoints } from './members.routes.ts';
import { createMembershipStore, type MembershipStore } from './memberships.store.ts';
import { createOrganisationFormStore } from './organisation-form.store.ts';
import { INVITATION_TOPIC, invitationTopic, tellDecision, tellInvitation } from './organisation-notices.ts';
import { reviewedOrganisations } from './organisation-reviews.ts';
import { organisationEndpoints } from './organisations.routes.ts';
import { createOrganisationStore, type OrganisationStore } from './organisations.store.ts';
import { staffOrganisationEndpoints } from './staff.routes.ts';
import { storedInvitations, storedOrganisationDrafts, storedOrganisations } from './stored-organisations.ts';

export interface Organisations extends Domain, Pick<OrganisationStore, 'verified' | 'nameOf'> {
  /** As its newest version states it. */
  currentNameOf(organisationId: string): Promise<string>;
  memberships: MembershipStore;
  stored: StoredKind[];
}

type OrganisationPlatform = Pick<Platform, 'config' | 'db' | 'vault' | 'fonts' | 'delivery'>;

export function openOrganisations({ config, db, vault, fonts, delivery }: OrganisationPlatform): Organisations {
  const needsTwo = config.organisationFourEyes;
  const store = createOrganisationStore(db, vault);
  const memberships = createMembershipStore(db, store);
  const forms = createOrganisationFormStore(db, vault, store);
  const invitations = createInvitationStore({ db, vault, memberships, tell: tellInvitation });
  const reviews = createStaffReviews({ db, needsTwo, kind: reviewedOrganisations(tellDecision) });
  return {
    memberships,
    verified: store.verified,
    nameOf: store.nameOf,
    currentNameOf: async (id) => store.read(await store.current(id)).name,
    endpoints: [
      ...organisationEndpoints({ db, store, forms, memberships, fonts }),
      ...memberEndpoints({ db, vault, store, memberships, invitations }),
      ...staffOrganisationEndpoints({
        ...{ db, vault, store, needsTwo, reviews },
        views: createIdentityViews(vault),
        fontFile: fonts.files[0] ?? '',
      }),
    ],
    topics: { [INVITATION_TOPIC]: invitationTopic(db, vault, delivery.sms) },
    queues: [
      {
        name: 'organisations',
        roles: ['reviewer', 'senior-reviewer'],
        async look() {
          const { _count, _min } = await db.prisma.organisation.aggregate({
            where: { state: 'PENDING' },
            _count: true,
            _min: { stateAt: true },
          });
          return { count: _count, oldestAt: _min.stateAt };
        },
      },
    ],
    stored: [storedOrganisations, storedInvitations, storedOrganisationDrafts].map((open) => open(db, vault)),
  };
}
