// SPDX-License-Identifier: Apache-2.0
// Places by their codes of GB/T 2260: two digits each for province, city and county.
import { areaList } from '@vant/area-data';

const COUNTIES: Readonly<Record<string, string>> = areaList.county_list;

export const isCounty = (region: string): boolean => Object.hasOwn(COUNTIES, region);

export const provinceOf = (region: string): string => region.slice(0, 2);
