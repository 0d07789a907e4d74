// SPDX-License-Identifier: Apache-2.0
import { certificateWalk } from './certificate-walk.ts';

certificateWalk(1440);
