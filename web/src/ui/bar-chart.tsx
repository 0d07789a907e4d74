// SPDX-License-Identifier: Apache-2.0
// Bars beside the table that says the same: whoever cannot see them reads the table.
import { BarChart as Bars } from 'chartist';
import 'chartist/dist/index.css';
import { useEffect, useRef } from 'react';
import './bar-chart.css';

/** Of these there is room on a telephone, too. */
const MAX_LABELS = 6;
const BAR_PX = 10;
const ROW_PX = 34;

export interface BarChartProps {
  title: string;
  labels: readonly string[];
  series: readonly { name: string; values: readonly number[] }[];
  /** Across, with long labels; they are stacked, the others stand side by side. */
  isAcross?: boolean;
}

export function BarChart({ title, labels, series, isAcross = false }: BarChartProps) {
  const place = useRef<HTMLDivElement>(null);
  // Drawn from the bottom up; the library's own `reverseData` would turn the order of the series, and so their colours, too.
  const ordered = <Item,>(items: readonly Item[]) => (isAcross ? items.toReversed() : items);
  const data = JSON.stringify({ labels: ordered(labels), series: series.map(({ values }) => ordered(values)) });
  const count = labels.length;
  useEffect(() => {
    if (!place.current) return;
    const chart = new Bars(place.current, JSON.parse(data), isAcross ? ACROSS : upright(count));
    return () => void chart.detach();
  }, [data, count, isAcross]);
  const height = isAcross ? count * ROW_PX + 40 : 240;
  return (
    <figure className="bar-chart">
      <figcaption>
        {title}
        <span className="bar-legend">
          {series.map(({ name }) => (
            <span key={name}>{name}</span>
          ))}
        </span>
      </figcaption>
      <div ref={place} aria-hidden="true" style={{ height }} />
    </figure>
  );
}

/** Of many months some are named. */
function upright(count: number) {
  const step = Math.ceil(count / MAX_LABELS);
  return {
    seriesBarDistance: BAR_PX,
    low: 0,
    axisX: {
      showGrid: false,
      labelInterpolationFnc: (label: string | number | Date, index: number) => (index % step === 0 ? label : null),
    },
    axisY: { onlyInteger: true, offset: 60 },
    chartPadding: { top: 12, right: 8, bottom: 4, left: 0 },
  };
}

const ACROSS = {
  horizontalBars: true,
  stackBars: true,
  low: 0,
  axisX: { onlyInteger: true, scaleMinSpace: 48 },
  axisY: { showGrid: false, offset: 110 },
  chartPadding: { top: 8, right: 16, bottom: 4, left: 0 },
};
