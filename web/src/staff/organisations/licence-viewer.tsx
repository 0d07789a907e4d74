// SPDX-License-Identifier: Apache-2.0
// The picture of the licence, larger or turned where a reviewer needs it. All by buttons, so by keyboard too.
import { Button } from 'antd';
import { useState } from 'react';
import { link } from '../../api/client.ts';
import { fill } from '../../i18n/fill.ts';
import { useOrganisationReviewText } from './i18n.ts';

const STEPS = [50, 75, 100, 150, 200, 300, 400];
const QUARTER = 90;

/** `view` is the token of a view that is open. */
export function LicenceViewer({ id, view }: { id: string; view: string }) {
  const text = useOrganisationReviewText();
  const [percent, setPercent] = useState(100);
  const [turned, setTurned] = useState(0);
  const place = STEPS.indexOf(percent);
  const step = (by: number) => setPercent(STEPS[Math.min(Math.max(place + by, 0), STEPS.length - 1)] ?? percent);
  return (
    <div className="licence">
      <div className="form-actions">
        <Button disabled={place === 0} onClick={() => step(-1)}>
          {text.zoomOut}
        </Button>
        <span role="status">{fill(text.zoom, { percent })}</span>
        <Button disabled={place === STEPS.length - 1} onClick={() => step(1)}>
          {text.zoomIn}
        </Button>
        <Button onClick={() => setTurned((turned + QUARTER) % 360)}>{text.rotate}</Button>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what is larger than the frame is scrolled by keyboard */}
      <section className="licence-stage" aria-label={text.licence} tabIndex={0}>
        <img
          src={`${link('/staff/organisations/{id}/licence', { id })}?view=${encodeURIComponent(view)}`}
          alt={text.licence}
          style={{ width: `${percent}%`, transform: `rotate(${turned}deg)` }}
        />
      </section>
    </div>
  );
}
