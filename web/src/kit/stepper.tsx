// SPDX-License-Identifier: Apache-2.0
// Where one stands: arrows on a wide screen, one line and a bar of segments on a phone.
import { Link } from 'react-router';
import { fill } from '../i18n/fill.ts';
import { useKitText } from './i18n.ts';

export interface Step {
  name: string;
  /** Where a finished step can be seen again. */
  to?: string | undefined;
}

/** `current` counts from 0. */
export function Stepper({ steps, current }: { steps: readonly Step[]; current: number }) {
  const text = useKitText();
  const next = steps[current + 1];
  return (
    <nav className="stepper" aria-label={text.steps}>
      <p className="stepper-line">
        <strong>{fill(text.step, { step: current + 1, name: steps[current]?.name ?? '' })}</strong>
        <span>{fill(next ? text.stepsLeft : text.stepsDone, { count: steps.length, name: next?.name ?? '' })}</span>
      </p>
      <ol>
        {steps.map((step, index) => (
          <li
            key={step.name}
            className={index < current ? 'is-done' : index === current ? 'is-current' : ''}
            aria-current={index === current ? 'step' : undefined}
          >
            <StepName step={step} index={index} isDone={index < current} />
          </li>
        ))}
      </ol>
    </nav>
  );
}

function StepName({ step, index, isDone }: { step: Step; index: number; isDone: boolean }) {
  const text = useKitText();
  const mark = isDone ? (
    <span role="img" aria-label={text.stepDone}>
      ✓
    </span>
  ) : (
    <span>{index + 1}</span>
  );
  const content = (
    <>
      {mark} {step.name}
    </>
  );
  return isDone && step.to ? <Link to={step.to}>{content}</Link> : <span>{content}</span>;
}
