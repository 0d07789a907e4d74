// SPDX-License-Identifier: Apache-2.0
import { useQueryClient } from '@tanstack/react-query';
import { Button, Checkbox, Radio } from 'antd';
import { type FormEvent, useState } from 'react';
import { call } from '../../api/client.ts';
import type { components } from '../../api/schema.gen.ts';
import { useFormValues } from '../../kit/form-values.ts';
import { Failure } from '../../kit/states.tsx';
import { useMessagesText } from './i18n.ts';

type Preference = components['schemas']['MessagePreference'];
type Group = Preference['groups'][number]['group'];
type Choice = Pick<Preference, 'language' | 'off'>;
type Channel = Preference['channels'][number];

export function PreferenceForm({ initial }: { initial: Preference }) {
  const text = useMessagesText();
  const queries = useQueryClient();
  const { language: firstLanguage, off: firstOff } = initial;
  const { values, change, current } = useFormValues<Choice>({ language: firstLanguage, off: firstOff }, () =>
    setState({}),
  );
  const { language, off } = values;
  const [state, setState] = useState<{ isSending?: boolean; isSaved?: boolean; error?: unknown }>({});
  const choose = (channel: Channel, group: Group, isOn: boolean) =>
    change((last) => {
      const others = last.off[channel].filter((each) => each !== group);
      return { off: { ...last.off, [channel]: isOn ? others : [...others, group] } };
    });
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setState({ isSending: true });
    try {
      queries.setQueryData(['message-preference'], await call('put', '/message-preference', { body: current() }));
      setState({ isSaved: true });
    } catch (error) {
      setState({ error });
    }
  };
  return (
    <form className="stack" onSubmit={(event) => void submit(event)}>
      <p>{text.preferenceLead}</p>
      {state.error !== undefined && <Failure error={state.error} />}
      <div className="preference-language">
        <span id="preference-language">{text.languageLabel}</span>
        <Radio.Group
          aria-labelledby="preference-language"
          value={language}
          options={[
            { value: 'zh', label: <span lang="zh-CN">中文</span> },
            { value: 'en', label: <span lang="en">English</span> },
          ]}
          onChange={(event) => change({ language: event.target.value })}
        />
      </div>
      <table className="preference">
        <thead>
          <tr>
            <th scope="col">{text.group}</th>
            {initial.channels.map((channel) => (
              <th key={channel} scope="col">
                {text[channel]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {initial.groups.map(({ group, isRequired }) => (
            <tr key={group}>
              <th scope="row">
                {text.groups[group]}
                {isRequired && <span className="small">{text.required}</span>}
              </th>
              {initial.channels.map((channel) => (
                <td key={channel}>
                  <Checkbox
                    aria-label={`${text.groups[group]} ${text[channel]}`}
                    checked={!off[channel].includes(group)}
                    disabled={isRequired}
                    onChange={(event) => choose(channel, group, event.target.checked)}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p className="small">{text.mailAddress}</p>
      <div className="preference-save">
        <Button type="primary" size="large" htmlType="submit" loading={state.isSending ?? false}>
          {text.save}
        </Button>
        <span role="status">{state.isSaved && text.saved}</span>
      </div>
    </form>
  );
}
