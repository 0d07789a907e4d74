// SPDX-License-Identifier: Apache-2.0
// For forms: which characters of what is being typed a certificate could not print.

import { type Endpoint, endpoint } from '../http/endpoint.ts';
import type { Fonts } from './fonts.ts';
import { printCheckApi } from './print-check.api.ts';

export function printCheckEndpoints(fonts: Pick<Fonts, 'unprintable'>): Endpoint[] {
  return [
    endpoint(printCheckApi.check, ({ body }) =>
      Promise.resolve({ unprintable: body.texts.map((text) => fonts.unprintable(text).join('')) }),
    ),
  ];
}
