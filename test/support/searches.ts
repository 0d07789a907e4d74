// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { portalOperations } from '../../portal-api/src/describe.ts';

/** Every operation that searches, and the name of what is typed. */
export function searches(): { path: string; name: string }[] {
  const { open, session } = portalOperations();
  return [...open, ...session].flatMap(({ path, query }) => {
    const names = query instanceof z.ZodObject ? Object.keys(query.shape) : [];
    return names.filter((name) => ['search', 'q'].includes(name)).map((name) => ({ path, name }));
  });
}
