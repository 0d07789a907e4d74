// SPDX-License-Identifier: Apache-2.0
// Passed: green disc and tick. Failed: black square and cross. Not run: dashed ring. Shape and word carry it, colour repeats it.
export type MarkKind = 'passed' | 'failed' | 'not-run';

export function Mark({ kind, label }: { kind: MarkKind; label?: string }) {
  return (
    <svg
      className={`mark mark-${kind}`}
      viewBox="0 0 20 20"
      width="18"
      height="18"
      role={label === undefined ? undefined : 'img'}
      aria-label={label}
      aria-hidden={label === undefined}
    >
      {SHAPES[kind]}
    </svg>
  );
}

const stroke = { fill: 'none', strokeWidth: 2, strokeLinecap: 'round', strokeLinejoin: 'round' } as const;

const SHAPES = {
  passed: (
    <>
      <circle cx="10" cy="10" r="9.5" className="mark-ground" />
      <path d="M5.8 10.4l2.9 2.9 5.6-6" className="mark-line" {...stroke} />
    </>
  ),
  failed: (
    <>
      <rect x="1" y="1" width="18" height="18" rx="1.5" className="mark-ground" />
      <path d="M6.4 6.4l7.2 7.2m0-7.2l-7.2 7.2" className="mark-line" {...stroke} />
    </>
  ),
  'not-run': (
    <>
      <circle cx="10" cy="10" r="8.5" className="mark-ring" {...stroke} strokeWidth="1.6" strokeDasharray="2.6 2.75" />
      <path d="M7 10h6" className="mark-ring" {...stroke} strokeWidth="1.6" />
    </>
  ),
};
