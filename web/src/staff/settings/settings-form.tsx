// SPDX-License-Identifier: Apache-2.0
// The settings with what a save would change of them.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import type { FormEvent } from 'react';
import { call } from '../../api/client.ts';
import { useMe } from '../../api/session.ts';
import type { StaffSettings } from '../../api/staff.ts';
import { HTML_LANG } from '../../i18n/language.ts';
import { ErrorList } from '../../kit/error-list.tsx';
import { useFaults } from '../../kit/form.ts';
import { useFormValues } from '../../kit/form-values.ts';
import { TextInput } from '../../kit/inputs.tsx';
import { Section } from '../../kit/section.tsx';
import { TableHead } from '../../kit/table-head.tsx';
import { reloadSiteFacts } from '../../ui/site-facts.ts';
import { NewerVersion } from '../versions/newer-version.tsx';
import { useSettingsText } from './i18n.ts';
import { changedFields, type SettingField, type Texts, textsOf, valuesOf } from './values.ts';

type Form = Texts & { note: string };

/** Characters, as `settings.schema.ts` of the portal has them. */
const MAX: Record<keyof Form, number> = {
  'name.zh': 40,
  'name.en': 80,
  'short.zh': 12,
  'short.en': 24,
  telephone: 20,
  'hours.zh': 40,
  'hours.en': 80,
  'filing.zh': 60,
  'filing.en': 100,
  priceFen: 12,
  registrationFen: 12,
  refundFourEyesFen: 12,
  'bank.holder': 60,
  'bank.name': 60,
  'bank.number': 40,
  captchaAfterCodes: 4,
  'retention.idImageDays': 4,
  'retention.identityDraftDays': 4,
  'retention.knownLoginDays': 4,
  'retention.messageDays': 4,
  'retention.invitationDays': 4,
  'retention.reportDays': 4,
  note: 200,
};

const OPTIONAL: readonly string[] = ['bank.holder', 'bank.name', 'bank.number'];

const GROUPS = [
  ['name', ['name.zh', 'name.en', 'short.zh', 'short.en']],
  ['service', ['telephone', 'hours.zh', 'hours.en']],
  ['filing', ['filing.zh', 'filing.en']],
  ['service-rules', ['priceFen', 'registrationFen', 'refundFourEyesFen', 'captchaAfterCodes']],
  ['bank', ['bank.holder', 'bank.name', 'bank.number']],
  [
    'retention',
    [
      'retention.idImageDays',
      'retention.identityDraftDays',
      'retention.knownLoginDays',
      'retention.messageDays',
      'retention.invitationDays',
      'retention.reportDays',
    ],
  ],
] as const;

/** `onSaved` is told which version there is now: the form itself begins anew with it. */
export function SettingsForm({ settings, onSaved }: { settings: StaffSettings; onSaved: (version: number) => void }) {
  const text = useSettingsText();
  const queries = useQueryClient();
  const mayEdit = useMe().data?.roles.includes('admin') ?? false;
  const nameOf = (field: string) => field.replace(/^values\./, '') as keyof Form;
  const faults = useFaults({ prefix: 'settings', labelOf: (field) => text.field[nameOf(field)] ?? field });
  const before = textsOf(settings.values);
  const { values, change, current } = useFormValues<Form>({ ...before, note: '' }, (field) =>
    faults.clear(pathOf(field)),
  );
  const changed = changedFields(before, values);
  const save = useMutation({
    mutationFn: () => {
      const { note, ...texts } = current();
      return call('put', '/staff/settings', { body: { basedOn: settings.version, values: valuesOf(texts), note } });
    },
    onSuccess: (saved) => {
      onSaved(saved.version);
      queries.setQueryData(['staff-settings'], saved);
      void reloadSiteFacts();
    },
    onError: faults.fail,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    faults.clear();
    save.mutate();
  };
  const input = (name: keyof Form) => (
    <TextInput
      key={name}
      field={pathOf(name)}
      label={text.field[name]}
      hint={hintOf(text, name)}
      lang={langOf(name)}
      value={values[name]}
      maxLength={MAX[name]}
      isRequired={!OPTIONAL.includes(name)}
      isWide
      faults={faults}
      onChange={(typed) => change({ [name]: typed })}
    />
  );
  return (
    <form className="settings-form" onSubmit={submit} noValidate>
      {!mayEdit && <p className="notice">{text.readOnly}</p>}
      {faults.error?.code === 'version-conflict' ? (
        <NewerVersion address="/staff/settings" />
      ) : (
        <ErrorList {...faults} />
      )}
      {/* Auditors only read: this turns off every field inside. */}
      <fieldset disabled={!mayEdit} className="settings-fields">
        {GROUPS.map(([group, names]) => (
          <Section key={group} title={text.groups[group]}>
            <div className="form">{names.map(input)}</div>
          </Section>
        ))}
      </fieldset>
      {mayEdit && (
        <Section title={text.changes}>
          {changed.length === 0 ? (
            <p className="muted">{text.unchanged}</p>
          ) : (
            <>
              <Changes fields={changed} from={before} to={values} />
              <div className="form">{input('note')}</div>
            </>
          )}
          <div className="form-actions">
            <Button
              type="primary"
              size="large"
              htmlType="submit"
              disabled={changed.length === 0}
              loading={save.isPending}
            >
              {text.save}
            </Button>
          </div>
        </Section>
      )}
    </form>
  );
}

function Changes({ fields, from, to }: { fields: readonly SettingField[]; from: Texts; to: Texts }) {
  const text = useSettingsText();
  const { column } = text;
  return (
    <table className="rows" aria-label={text.changes}>
      <TableHead columns={[column.field, column.from, column.to]} />
      <tbody>
        {fields.map((field) => (
          <tr key={field}>
            <td data-label={column.field}>{text.field[field]}</td>
            <td data-label={column.from} lang={langOf(field)}>
              {from[field]}
            </td>
            <td data-label={column.to} lang={langOf(field)}>
              {to[field].trim() || '–'}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const pathOf = (name: string) => (name === 'note' ? name : `values.${name}`);

/** The language of a text in the settings, which need not be that of the console; browsers and screen readers ask for it. */
export function langOf(name: string): string | undefined {
  if (name.endsWith('.zh')) return HTML_LANG.zh;
  return name.endsWith('.en') ? HTML_LANG.en : undefined;
}

function hintOf(text: ReturnType<typeof useSettingsText>, name: keyof Form): string | undefined {
  return text.hints[name as keyof typeof text.hints];
}
