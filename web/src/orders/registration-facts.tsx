// SPDX-License-Identifier: Apache-2.0
// What a registration says, section by section, for members and staff: read only.
import type { ReactNode } from 'react';
import type { Registration, RegistrationForm } from '../api/registrations.ts';
import { fill } from '../i18n/fill.ts';
import { useText } from '../i18n/language.ts';
import { useKitText } from '../kit/i18n.ts';
import { Facts, Section } from '../kit/section.tsx';
import { useCountyNames } from './areas.ts';
import { holderName, withShare } from './holder-name.ts';
import { useAttestationText } from './i18n.ts';
import { useKinds } from './kinds.ts';
import { useRegistrationNames } from './registration-labels.ts';

interface RegistrationFactsProps {
  form: RegistrationForm;
  /** The name of the member, in full or masked. */
  self: string;
  rightHolders: Registration['rightHolders'];
  /** Beside the first section: which work it is of. */
  aside?: ReactNode;
}

const zh = {
  basics: '基本信息',
  people: '人员',
  modes: '权利取得与归属',
  rights: '权利拥有状况及其说明',
  samples: '存留样本说明',
  derivation: '权利获取',
  all: '全部权利：{names}',
  part: '部分权利（{count} 项）：{names}',
  employed: '在职',
  notEmployed: '非在职',
  aiUsed: '使用了人工智能',
  aiNotUsed: '没有使用人工智能',
  medium: '{kind}，{count} 件',
  nobody: '无',
};
const en: typeof zh = {
  basics: 'Basic information',
  people: 'People',
  modes: 'Acquisition and ownership',
  rights: 'Rights held',
  samples: 'Samples',
  derivation: 'Acquisition',
  all: 'All rights: {names}',
  part: 'Some rights ({count}): {names}',
  employed: 'Employed',
  notEmployed: 'Not employed',
  aiUsed: 'Artificial intelligence was used',
  aiNotUsed: 'Artificial intelligence was not used',
  medium: '{kind}, {count}',
  nobody: 'None',
};

export function RegistrationFacts({ aside, ...props }: RegistrationFactsProps) {
  const words = useText({ zh, en });
  return (
    <>
      <Section title={words.basics} aside={aside}>
        <Basics {...props} />
      </Section>
      <Section title={words.people}>
        <People {...props} />
      </Section>
      <Section title={words.modes}>
        <Modes {...props} />
      </Section>
      <Section title={words.rights}>
        <Rights {...props} />
      </Section>
      <Section title={words.samples}>
        <Samples {...props} />
      </Section>
    </>
  );
}

type PartProps = Omit<RegistrationFactsProps, 'aside'>;

function Basics({ form }: PartProps) {
  const words = useText({ zh, en });
  const { creationNatures } = useAttestationText();
  const { workTypes } = useKinds();
  const { comma } = useKitText();
  const { fields } = useRegistrationNames();
  const ai = form.aiUse && `${form.aiUse.isUsed ? words.aiUsed : words.aiNotUsed} ${form.aiUse.note}`;
  return (
    <Facts
      rows={[
        [fields.title, form.title],
        [fields.intro, form.intro],
        [
          fields.creationNature,
          `${form.creationNature ? creationNatures[form.creationNature] : ''} ${form.creationNote}`,
        ],
        [fields.workType, `${form.workType ? workTypes[form.workType] : ''} ${form.workTypeNote}`],
        [fields.tags, form.tags.join(comma)],
        [fields.completedOn, form.completedOn ?? ''],
        [fields.publication, <Publication key="publication" publication={form.publication} />],
        [fields.aiUse, ai ?? ''],
      ]}
    />
  );
}

function Publication({ publication }: Pick<RegistrationForm, 'publication'>) {
  const { publications } = useRegistrationNames();
  const { comma } = useKitText();
  if (!publication) return null;
  if (publication.status === 'UNPUBLISHED') return publications.UNPUBLISHED;
  const { firstPublishedOn, country, city } = publication;
  return [publications.PUBLISHED, firstPublishedOn, country, city].filter(Boolean).join(comma);
}

function People({ form, self, rightHolders }: PartProps) {
  const words = useText({ zh, en });
  const text = useAttestationText();
  const { comma } = useKitText();
  const { fields } = useRegistrationNames();
  const { selfRegion } = form;
  const countyOf = useCountyNames(selfRegion !== null);
  const nameOf = (each: RegistrationForm['authors'][number]) => {
    if (each.source === 'self') return self;
    return each.source === 'named' ? each.name : holderName(each.rightHolderId, rightHolders, text);
  };
  const namesOf = (people: readonly RegistrationForm['authors'][number][]) => people.map(nameOf).join(comma);
  return (
    <Facts
      rows={[
        [fields.owners, form.owners.map((each) => withShare(nameOf(each), each, text)).join(comma)],
        [fields.authors, namesOf(form.authors)],
        [fields.applicants, namesOf(form.applicants)],
        ...(selfRegion ? [[fields.selfRegion, countyOf(selfRegion)] as const] : []),
        [fields.agent, form.agent ? nameOf(form.agent) : words.nobody],
      ]}
    />
  );
}

function Modes({ form }: PartProps) {
  const words = useText({ zh, en });
  const { acquisitions } = useAttestationText();
  const names = useRegistrationNames();
  const { fields } = names;
  const { acquisition, ownership, serviceKind, isEmployed } = form;
  return (
    <Facts
      rows={[
        [fields.acquisition, `${acquisition ? names.acquisitionModes[acquisition] : ''} ${form.acquisitionNote}`],
        [words.derivation, acquisition ? acquisitions[acquisition === 'ORIGINAL' ? 'ORIGINAL' : 'DERIVATIVE'] : ''],
        [fields.ownership, ownership ? names.ownerships[ownership] : ''],
        ...(ownership === 'SERVICE' && serviceKind
          ? [[fields.serviceKind, names.serviceKinds[serviceKind]] as const]
          : []),
        ...(ownership === 'PERSONAL' && isEmployed !== null
          ? [[fields.isEmployed, isEmployed ? words.employed : words.notEmployed] as const]
          : []),
      ]}
    />
  );
}

function Rights({ form: { rights, rightsNote } }: PartProps) {
  const words = useText({ zh, en });
  const names = useRegistrationNames();
  const { comma } = useKitText();
  const isAll = rights.length === Object.keys(names.rights).length;
  const held = rights.map((right) => names.rights[right]).join(comma);
  return (
    <Facts
      rows={[
        [
          names.fields.rights,
          rights.length === 0 ? '' : fill(isAll ? words.all : words.part, { names: held, count: rights.length }),
        ],
        [names.fields.rightsNote, rightsNote],
      ]}
    />
  );
}

function Samples({ form: { electronic, paper } }: PartProps) {
  const words = useText({ zh, en });
  const { fields, electronicMedia, paperMedia } = useRegistrationNames();
  const wordsOf = (kind: string | undefined, medium: { count: number | null; note: string } | null) =>
    kind && medium ? `${fill(words.medium, { kind, count: medium.count ?? '' })} ${medium.note}` : words.nobody;
  return (
    <Facts
      rows={[
        [fields.electronic, wordsOf(electronic ? electronicMedia[electronic.kind] : undefined, electronic)],
        [fields.paper, wordsOf(paper ? paperMedia[paper.kind] : undefined, paper)],
      ]}
    />
  );
}
