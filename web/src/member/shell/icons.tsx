// SPDX-License-Identifier: Apache-2.0
// Line icons, 20 px; always beside words.
import type { ReactNode } from 'react';

const icon = (shape: ReactNode) => (
  <svg
    width="20"
    height="20"
    viewBox="0 0 20 20"
    fill="none"
    stroke="currentColor"
    strokeWidth="1.5"
    aria-hidden="true"
  >
    {shape}
  </svg>
);

export const icons = {
  profile: icon(
    <path d="M2.5 4.5h15v11h-15zM5 12.5c.4-2 4.600-2 5 0M7.500 7a1.500 1.500 0 1 0 .01 0M12 8h3.500M12 11.500h3.500" />,
  ),
  publish: icon(<path d="M10 3.500v13M3.500 10h13" />),
  works: icon(<path d="M2.500 3.500h15v13h-15zM2.500 14l4.500-5 4 4 2.500-2.500 4 4M13 7.500h.01" />),
  attested: icon(
    <path d="M4 16.500h12M5 13.500h10v-2.500h-3.500c-.8-2 1-3.500 1-5a2.500 2.500 0 0 0-5 0c0 1.500 1.800 3 1 5H5z" />,
  ),
  registered: icon(<path d="M10 2.500a7.500 7.500 0 1 0 .01 0M12.800 8a3.300 3.300 0 1 0 0 4" />),
  people: icon(
    <path d="M7.500 4a2.800 2.800 0 1 0 .01 0M2.500 16c.4-5.500 9.600-5.500 10 0M13 4.500a2.600 2.600 0 0 1 0 5M14.500 11.500c2 .6 3 2.200 3 4.500" />,
  ),
  menu: icon(<path d="M3 5.500h14M3 10h14M3 14.500h14" />),
} as const;
