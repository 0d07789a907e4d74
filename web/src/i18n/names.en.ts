// SPDX-License-Identifier: Apache-2.0
import type { namesZh } from './names.zh.ts';

export const namesEn: typeof namesZh = {
  workTypes: {
    TEXT: 'Written work',
    ORAL: 'Oral work',
    MUSIC: 'Musical work',
    DRAMA: 'Dramatic work',
    QUYI: 'Folk-vocal work (quyi)',
    DANCE: 'Choreographic work',
    ACROBATIC: 'Acrobatic work',
    FINE_ART: 'Fine art',
    ARCHITECTURE: 'Architectural work',
    PHOTO: 'Photographic work',
    AV_FILM: 'Audiovisual work (film, series)',
    AV_OTHER: 'Audiovisual work (other)',
    DESIGN_DRAWING: 'Engineering or product drawing',
    MAP_DIAGRAM: 'Map or diagram',
    MODEL: 'Model',
    SOFTWARE: 'Computer software',
    OTHER: 'Other work',
  },
  creationNatures: {
    ORIGINAL: 'Original',
    ADAPTATION: 'Adaptation',
    TRANSLATION: 'Translation',
    COMPILATION: 'Compilation',
    ANNOTATION: 'Annotation',
    ARRANGEMENT: 'Arrangement',
    OTHER: 'Other',
  },
  categories: { DESIGN: 'Design', FINE_ART: 'Fine art', MUSIC: 'Music' },
  grounds: {
    COPYRIGHT: 'Infringes copyright',
    PRIVACY: 'Violates privacy or likeness',
    UNLAWFUL: 'Unlawful or harmful',
    MISLEADING: 'False or misleading',
    UNCLEAR: 'Unclear or incomplete',
    OTHER: 'Other',
  },
  acquisitions: { ORIGINAL: 'Original', DERIVATIVE: 'Derivative' },
};
