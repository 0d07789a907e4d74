// SPDX-License-Identifier: Apache-2.0
import { certificateWalk } from './certificate-walk.ts';
import { WIDTHS } from './stand.ts';

for (const width of WIDTHS) certificateWalk(width);
