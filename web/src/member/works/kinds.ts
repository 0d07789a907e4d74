// SPDX-License-Identifier: Apache-2.0
// What works are called. The order is that of the lists people choose from.
import type { Work } from '../../api/works.ts';
import { useText } from '../../i18n/language.ts';

type WorkType = NonNullable<Work['workType']>;
type Category = NonNullable<Work['publishCategory']>;
type CreatorNature = NonNullable<Work['creatorNature']>;

interface Kinds {
  workTypes: Record<WorkType, string>;
  categories: Record<Category, string>;
  creatorNatures: Record<CreatorNature, string>;
}

const zh: Kinds = {
  workTypes: {
    TEXT: '文字作品',
    ORAL: '口述作品',
    MUSIC: '音乐作品',
    DRAMA: '戏剧作品',
    QUYI: '曲艺作品',
    DANCE: '舞蹈作品',
    ACROBATIC: '杂技艺术作品',
    FINE_ART: '美术作品',
    ARCHITECTURE: '建筑作品',
    PHOTO: '摄影作品',
    AV_FILM: '视听作品（电影、电视剧）',
    AV_OTHER: '视听作品（其他）',
    DESIGN_DRAWING: '工程设计图、产品设计图',
    MAP_DIAGRAM: '地图、示意图',
    MODEL: '模型作品',
    SOFTWARE: '计算机软件',
    OTHER: '其他作品',
  },
  categories: { DESIGN: '设计作品', FINE_ART: '美术作品', MUSIC: '音乐作品' },
  creatorNatures: { PERSONAL: '个人', ENTERPRISE: '企业' },
};

const en: Kinds = {
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
  categories: { DESIGN: 'Design', FINE_ART: 'Fine art', MUSIC: 'Music' },
  creatorNatures: { PERSONAL: 'A person', ENTERPRISE: 'An enterprise' },
};

export const useKinds = () => useText({ zh, en });

/** For a list to choose from. */
export function optionsOf(names: Readonly<Record<string, string>>): { value: string; label: string }[] {
  return Object.entries(names).map(([value, label]) => ({ value, label }));
}
