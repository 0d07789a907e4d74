// SPDX-License-Identifier: Apache-2.0
// Line icons. None stands without a word beside it, so all of them are hidden from screen readers.
export function Icon({ name }: { name: keyof typeof PATHS }) {
  return (
    <svg className="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
      <path
        d={PATHS[name]}
        fill="none"
        stroke="currentColor"
        strokeWidth="1.4"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}

const PATHS = {
  file: 'M4 1.8h5.2L12.5 5v9.2H4zM9.2 1.8V5h3.3',
  lock: 'M4 7.3h8v6.2H4zM5.7 7.3V5a2.3 2.3 0 0 1 4.6 0v2.3',
  down: 'M8 2v8m-3.2-3.2L8 10l3.2-3.2M2.8 13.5h10.4',
  print: 'M4.5 6V2h7v4M4.5 11.5h-2V6h11v5.5h-2M4.5 9.5h7V14h-7z',
  copy: 'M5.5 5.5h7v7h-7zM3.5 10.5v-7h7',
  open: 'M4 6l4 4 4-4',
  close: 'M4 10l4-4 4 4',
  next: 'M6 4l4 4-4 4',
  search: 'M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9zM10.3 10.3l3.4 3.4',
  person: 'M8 2.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6zM2.8 14c.4-3 2.5-4.3 5.2-4.3s4.8 1.3 5.2 4.3',
  talk: 'M2 2.8h12v8.4H8L4.8 14v-2.8H2z',
  cart: 'M1.5 2.5h2l1.6 7.6h7l1.4-5.6H4M6 13.4h.01M11 13.4h.01',
  menu: 'M2 4h12M2 8h12M2 12h12',
  cross: 'M4 4l8 8m0-8l-8 8',
} as const;
