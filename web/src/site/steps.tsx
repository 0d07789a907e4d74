// SPDX-License-Identifier: Apache-2.0
// The seven steps of the guide, drawn as a path.
import { useText } from '../i18n/language.ts';
import { siteTexts } from './frame.tsx';

export function StepList() {
  const text = useText(siteTexts);
  return (
    <ol className="steps">
      {text.stepList.map(([name, note], place) => (
        <li key={name}>
          <span className="step-number" aria-hidden="true">
            {text.stepNumbers[place]}
          </span>
          <b>{name}</b>
          <span>{note}</span>
        </li>
      ))}
    </ol>
  );
}
