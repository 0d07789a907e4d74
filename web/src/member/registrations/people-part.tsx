// SPDX-License-Identifier: Apache-2.0
// 人员选择: owners, authors, the applicants among the owners, and an agent.
import { Checkbox } from 'antd';
import { fill } from '../../i18n/fill.ts';
import { Section } from '../../kit/section.tsx';
import { useAttestationText } from '../../orders/i18n.ts';
import { useRegistrationNames } from '../../orders/registration-labels.ts';
import { isSamePerson, KnownPeople, keyOf, NamedPeople, useNameOf } from '../orders/people.tsx';
import { withShareOf } from '../orders/shares.ts';
import { RegionField } from '../right-holders/region-field.tsx';
import { useMyRegistrationText } from './i18n.ts';
import { Group, type PartProps, useHints } from './parts.tsx';

export function People({ form }: PartProps) {
  const text = useMyRegistrationText();
  return (
    <Section title={text.people}>
      <div className="form-two">
        <Owners form={form} />
        {form.residence.asksRegion && <SelfRegion form={form} />}
        <Authors form={form} />
        <Applicants form={form} />
        <Agent form={form} />
      </div>
    </Section>
  );
}

function Owners({ form }: PartProps) {
  const text = useMyRegistrationText();
  const { fields } = useRegistrationNames();
  const { values, change, faults, registration } = form;
  const hint = useHints(form);
  return (
    <KnownPeople
      field="owners"
      label={fields.owners}
      words={{ none: text.noOwners, self: text.ownerMyself, add: text.addOwner }}
      people={values.owners}
      known={registration.rightHolders}
      faults={faults}
      hint={hint('owners', text.ownerHint)}
      onChange={(edit) =>
        change((last) => {
          const owners = edit(last.owners);
          // Whoever is no owner any more is no applicant either.
          return {
            owners,
            applicants: last.applicants.filter((each) => owners.some((owner) => isSamePerson(owner, each))),
          };
        })
      }
    />
  );
}

/** As 人员档案 asks it of other owners. */
function SelfRegion({ form }: PartProps) {
  const text = useMyRegistrationText();
  const { fields } = useRegistrationNames();
  const { values, change, faults, residence } = form;
  const hint = useHints(form);
  const words = residence.isOrganisation ? text.businessRegionHint : text.selfRegionHint;
  return (
    <RegionField
      id={faults.idOf('selfRegion')}
      label={fields.selfRegion}
      value={values.selfRegion ?? ''}
      error={faults.sentenceOf('selfRegion')}
      hint={hint('selfRegion', residence.needsPermit ? text.permitHint : words)}
      onChange={(region) => change({ selfRegion: region || null })}
    />
  );
}

function Authors({ form }: PartProps) {
  const orders = useAttestationText();
  const { fields } = useRegistrationNames();
  const { values, change, faults, registration } = form;
  const hint = useHints(form);
  return (
    <NamedPeople
      field="authors"
      as="AUTHOR"
      label={fields.authors}
      isRequired
      words={{ none: orders.noAuthors, self: orders.addSelf, add: orders.addAuthor }}
      nameLabelOf={(number) => fill(orders.author, { number })}
      people={values.authors}
      known={registration.rightHolders}
      faults={faults}
      hint={hint('authors')}
      onChange={(edit) => change(({ authors }) => ({ authors: edit(authors) }))}
    />
  );
}

function Applicants({ form }: PartProps) {
  const text = useMyRegistrationText();
  const { values, change, faults, registration } = form;
  const nameOf = useNameOf(registration.rightHolders);
  const { owners, applicants } = values;
  const toggle = (owner: (typeof owners)[number], isChosen: boolean) =>
    change(({ applicants: last }) => {
      const others = last.filter((each) => !isSamePerson(each, owner));
      // Applicants have no share.
      return { applicants: isChosen ? [...others, withShareOf(owner, undefined)] : others };
    });
  const entry = applicants.findIndex((_, index) => faults.sentenceOf(`applicants.${index}`));
  return (
    <Group form={form} field="applicants" isRequired isMany hint={text.applicantHint}>
      <div className="people" id={faults.idOf(`applicants.${entry}`)} tabIndex={-1}>
        {owners.length === 0 && <span className="small">{text.noApplicants}</span>}
        {owners.map((owner) => (
          <Checkbox
            key={keyOf(owner)}
            checked={applicants.some((each) => isSamePerson(each, owner))}
            onChange={({ target }) => toggle(owner, target.checked)}
          >
            {nameOf(owner)}
          </Checkbox>
        ))}
        {entry >= 0 && <span className="field-error">{faults.sentenceOf(`applicants.${entry}`)}</span>}
      </div>
    </Group>
  );
}

function Agent({ form }: PartProps) {
  const text = useMyRegistrationText();
  const { fields } = useRegistrationNames();
  const { values, change, faults, registration } = form;
  const hint = useHints(form);
  return (
    <NamedPeople
      field="agent"
      as="OWNER"
      label={fields.agent}
      words={{ none: text.agentNone, self: text.agentSelf, add: text.addAgent }}
      nameLabelOf={() => fields['agent.name']}
      pathOf={() => 'agent'}
      max={1}
      people={values.agent ? [values.agent] : []}
      known={registration.rightHolders}
      faults={faults}
      hint={hint('agent', text.agentHint)}
      onChange={(edit) => change(({ agent }) => ({ agent: edit(agent ? [agent] : [])[0] ?? null }))}
    />
  );
}
