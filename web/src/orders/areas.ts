// SPDX-License-Identifier: Apache-2.0
// Provinces, cities and counties by their codes of GB/T 2260. The list is large, and comes with the first page that needs it.
import { useQuery } from '@tanstack/react-query';

export type AreaNames = Readonly<Record<string, string>>;

export interface Areas {
  province_list: AreaNames;
  city_list: AreaNames;
  county_list: AreaNames;
}

export const useAreas = (isWanted = true) =>
  useQuery({
    queryKey: ['areas'],
    queryFn: async (): Promise<Areas> => (await import('@vant/area-data')).areaList,
    staleTime: Number.POSITIVE_INFINITY,
    enabled: isWanted,
  });

/** 山东省济南市历下区; the code itself until the list has arrived, or where it is in no list. */
export function useCountyNames(isWanted = true): (county: string) => string {
  const areas = useAreas(isWanted).data;
  return (county) => {
    const name = areas?.county_list[county];
    if (!areas || !name) return county;
    const places = [areas.province_list[`${county.slice(0, 2)}0000`], areas.city_list[`${county.slice(0, 4)}00`], name];
    return [...new Set(places)].join('');
  };
}
