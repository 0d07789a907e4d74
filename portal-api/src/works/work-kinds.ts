// SPDX-License-Identifier: Apache-2.0
// What kinds of works there are. The detailed list follows article 3 of the Copyright Law; the coarse one is what the
// public site sorts by, each with the detailed kind it usually means.

export const WORK_TYPES = [
  'TEXT',
  'ORAL',
  'MUSIC',
  'DRAMA',
  'QUYI',
  'DANCE',
  'ACROBATIC',
  'FINE_ART',
  'ARCHITECTURE',
  'PHOTO',
  'AV_FILM',
  'AV_OTHER',
  'DESIGN_DRAWING',
  'MAP_DIAGRAM',
  'MODEL',
  'SOFTWARE',
  'OTHER',
] as const;

export type WorkType = (typeof WORK_TYPES)[number];

export const PUBLISH_CATEGORIES = ['DESIGN', 'FINE_ART', 'MUSIC'] as const;

export type PublishCategory = (typeof PUBLISH_CATEGORIES)[number];

export const USUAL_WORK_TYPE: Readonly<Record<PublishCategory, WorkType>> = {
  DESIGN: 'FINE_ART',
  FINE_ART: 'FINE_ART',
  MUSIC: 'MUSIC',
};

export const CREATOR_NATURES = ['PERSONAL', 'ENTERPRISE'] as const;

/** 创作性质 of an order; anything but ORIGINAL builds on another work. */
export const CREATION_NATURES = [
  'ORIGINAL',
  'ADAPTATION',
  'TRANSLATION',
  'COMPILATION',
  'ANNOTATION',
  'ARRANGEMENT',
  'OTHER',
] as const;
