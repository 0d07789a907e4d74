// SPDX-License-Identifier: Apache-2.0
import { registrationWalk } from './registration-walk.ts';
import { WIDTHS } from './stand.ts';

for (const width of WIDTHS) registrationWalk(width);
