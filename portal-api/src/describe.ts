// SPDX-License-Identifier: Apache-2.0
// The OpenAPI document without a database or a server: an endpoint describes itself, and its parts are needed only
// to run it. A test compares it with what a running portal answers.
import { accountEndpoints } from './accounts/index.ts';
import { attestationEndpoints } from './attestations/index.ts';
import { certificateEndpoints } from './certificates/index.ts';
import { printCheckEndpoints } from './fonts/index.ts';
import { csrfEndpoint } from './http/app.ts';
import { openApiDocument } from './http/openapi.ts';
import { identityEndpoints } from './identity/index.ts';
import { lookupEndpoints } from './lookup/index.ts';
import { operationsEndpoints } from './operations/index.ts';
import { notificationEndpoints, paymentEndpoints, priceEndpoint, sandboxEndpoints } from './payments/index.ts';
import { reviewEndpoints } from './reviews/index.ts';
import { tusRoutes, uploadEndpoints } from './uploads/index.ts';
import { workEndpoints } from './works/index.ts';

/** Every endpoint of the portal; `open` are those that look at no session. */
export function portalEndpoints() {
  const open = [
    priceEndpoint(anyPart),
    ...notificationEndpoints(anyPart),
    ...sandboxEndpoints(anyPart),
    ...lookupEndpoints(anyPart),
  ];
  const session = [
    csrfEndpoint,
    ...tusRoutes,
    ...accountEndpoints(anyPart),
    ...identityEndpoints(anyPart),
    ...operationsEndpoints(anyPart),
    ...printCheckEndpoints(anyPart),
    ...uploadEndpoints(anyPart),
    ...workEndpoints(anyPart),
    ...paymentEndpoints(anyPart),
    ...attestationEndpoints(anyPart),
    ...certificateEndpoints(anyPart),
    ...reviewEndpoints(anyPart),
    ...operationsEndpoints(anyPart),
  ];
  return { open, session };
}

export const describePortal = () => openApiDocument(portalEndpoints());

/** Stands for every part of every domain: whatever is asked of it, or called on it, is itself again. */
const anyPart: never = new Proxy(() => anyPart, { get: () => anyPart }) as never; // never runs, so fits everywhere
