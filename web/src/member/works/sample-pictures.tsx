// SPDX-License-Identifier: Apache-2.0
// G96 to G99: what each kind of material looks like, drawn with a crane of our own.
import type { ReactNode } from 'react';

const WIDTH = 200;
const HEIGHT = 132;

function Sheet({ children }: { children: ReactNode }) {
  return (
    <svg
      className="sample-picture"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      width={WIDTH}
      height={HEIGHT}
      fill="none"
      stroke="currentColor"
      aria-hidden="true"
    >
      <rect x="0.5" y="0.5" width={WIDTH - 1} height={HEIGHT - 1} fill="var(--sheet)" stroke="var(--rule)" />
      {children}
    </svg>
  );
}

const CRANE = 'M60 92c8-22 22-34 44-36 10-1 14-8 12-20l10-3-8-3c-5-3-10 1-10 7 1 9-2 12-10 13-20 3-33 18-38 42z';
const WING = 'M66 88c14-4 36-2 50-16-2 14-18 22-34 22';

/** The finished work, in its frame. */
const finished = (
  <Sheet>
    <rect x="36" y="14" width="128" height="104" rx="10" fill="var(--pine-wash)" stroke="none" />
    <circle cx="140" cy="38" r="12" fill="var(--stamp)" stroke="none" />
    <path d={CRANE} fill="var(--sheet)" stroke="var(--ink)" />
    <path d={WING} fill="var(--ink)" stroke="none" />
    <path d="M78 94l-2 18M88 93l2 19" stroke="var(--ink)" />
  </Sheet>
);

/** The same in the program that made it: tools, canvas, layers. */
const source = (
  <Sheet>
    <path d="M0 18h200M24 18v114M150 18v114" stroke="var(--rule)" />
    <circle cx="10" cy="9" r="3" fill="var(--rule)" stroke="none" />
    <circle cx="20" cy="9" r="3" fill="var(--rule)" stroke="none" />
    <path d="M8 30h8M8 42l8 8M8 62h8v8H8zM12 82v10M8 104c2-4 6-4 8 0" />
    <g transform="translate(10 22) scale(0.78)">
      <path d={CRANE} stroke="var(--ink)" />
      <path d={WING} stroke="var(--ink)" strokeDasharray="3 3" />
    </g>
    {[28, 46, 64, 82].map((y, index) => (
      <g key={y}>
        <rect x="156" y={y} width="38" height="14" fill={index === 1 ? 'var(--sunken)' : 'none'} stroke="var(--rule)" />
        <path d={`M160 ${y + 7}h6M170 ${y + 7}h18`} />
      </g>
    ))}
  </Sheet>
);

/** A pencil on squared paper. */
const sketch = (
  <Sheet>
    {[22, 44, 66, 88, 110].map((y) => (
      <path key={`row ${y}`} d={`M0 ${y}h200`} stroke="var(--rule)" />
    ))}
    {[33, 66, 99, 132, 165].map((x) => (
      <path key={`column ${x}`} d={`M${x} 0v132`} stroke="var(--rule)" />
    ))}
    <ellipse cx="92" cy="78" rx="36" ry="20" strokeDasharray="4 3" />
    <path d={CRANE} stroke="var(--ink)" strokeWidth="0.8" transform="translate(2 -2)" />
    <path d={CRANE} stroke="var(--ink)" strokeWidth="0.8" transform="translate(-1 2) rotate(-2 90 70)" />
    <path d="M150 116l24-30 7 6-24 29-9 3z" fill="var(--sunken)" stroke="var(--ink)" />
  </Sheet>
);

/** The dialogue with size and times of the original file. */
const properties = (
  <Sheet>
    <rect x="34" y="10" width="132" height="112" rx="4" fill="var(--paper)" stroke="var(--ink)" />
    <path d="M34 28h132" stroke="var(--ink)" />
    <path d="M156 15l7 7M163 15l-7 7" stroke="var(--ink)" />
    <rect x="44" y="36" width="18" height="22" fill="var(--pine-wash)" stroke="var(--ink)" />
    <path d="M70 47h80" strokeWidth="3" />
    {[70, 84, 98, 112].map((y) => (
      <path key={y} d={`M44 ${y}h26M80 ${y}h${y === 70 ? 44 : 70}`} />
    ))}
    <circle cx="150" cy="96" r="9" stroke="var(--stamp)" />
    <path d="M150 91v5l4 3" stroke="var(--stamp)" />
  </Sheet>
);

/** In the order of the guide: 作品文件, 源文件创作界面, 设计草图, 文件原件属性截图. */
export const SAMPLE_PICTURES: readonly ReactNode[] = [finished, source, sketch, properties];
