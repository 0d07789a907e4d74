// SPDX-License-Identifier: Apache-2.0
import { useMe } from '../api/session.ts';

/** False for staff who see reviews without deciding on them, such as auditors. The portal checks it again. */
export function useMayReview(): boolean {
  const { roles } = useMe().data ?? {};
  return roles === undefined || roles.includes('reviewer') || roles.includes('senior-reviewer');
}
