// SPDX-License-Identifier: Apache-2.0
import { useWorksText } from './i18n.ts';
import { SAMPLE_PICTURES } from './sample-pictures.tsx';

/** The four kinds of material that show where a work comes from. */
export function Samples() {
  const text = useWorksText();
  return (
    <section className="samples" aria-label={text.samples}>
      <h3>{text.samples}</h3>
      <div className="sample-row">
        {text.sampleNames.map((name, index) => (
          <figure key={name}>
            {SAMPLE_PICTURES[index]}
            <figcaption>
              <strong>{name}</strong>
              <span>{text.sampleLeads[index]}</span>
            </figcaption>
          </figure>
        ))}
      </div>
    </section>
  );
}
