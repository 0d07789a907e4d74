// SPDX-License-Identifier: Apache-2.0
import { useWorksText } from './i18n.ts';

/** The four kinds of material that show where a work comes from. */
export function Samples() {
  const text = useWorksText();
  return (
    <details className="samples">
      <summary>{text.samples}</summary>
      <dl>
        {text.sampleNames.map((name, index) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{text.sampleLeads[index]}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
