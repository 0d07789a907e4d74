// SPDX-License-Identifier: Apache-2.0
// 添加新权利人, or an entry with its history.
import { useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';
import { call } from '../../api/client.ts';
import { PageTitle, Section } from '../../kit/section.tsx';
import { Loaded } from '../../kit/states.tsx';
import { HolderForm } from './holder-form.tsx';
import { HolderHistory } from './holder-history.tsx';
import { useHolderText } from './i18n.ts';
import './right-holders.css';
import { EMPTY_FORM } from './values.ts';

/** The form is read when it is opened, and never kept in the page. */
const FRESH = { staleTime: Number.POSITIVE_INFINITY, gcTime: 0 };

export function HolderPage() {
  const { id = 'new' } = useParams();
  return id === 'new' ? <NewHolder /> : <EditedHolder key={id} id={id} />;
}

function NewHolder() {
  const text = useHolderText();
  const form = useQuery({
    queryKey: ['right-holder', 'new', 'form'],
    queryFn: ({ signal }) => call('get', '/right-holder-form', { signal }),
    ...FRESH,
  });
  return (
    <>
      <PageTitle title={text.add} />
      <Loaded query={form}>
        {(left) => <HolderForm initial={{ ...EMPTY_FORM, ...left.form }} holder={undefined} onReload={form.refetch} />}
      </Loaded>
    </>
  );
}

function EditedHolder({ id }: { id: string }) {
  const text = useHolderText();
  const entry = useQuery({
    queryKey: ['right-holder', id],
    queryFn: async ({ signal }) => {
      const params = { id };
      const [holder, left] = await Promise.all([
        call('get', '/right-holders/{id}', { params, signal }),
        call('get', '/right-holders/{id}/form', { params, signal }),
      ]);
      return { holder, form: left.form };
    },
    ...FRESH,
  });
  return (
    <>
      <PageTitle title={text.edit} {...(entry.data && { about: { title: entry.data.holder.name } })} />
      <Loaded query={entry}>
        {({ holder, form }) => (
          <>
            <HolderForm
              key={holder.version}
              initial={{ ...EMPTY_FORM, ...form }}
              holder={holder}
              onReload={entry.refetch}
            />
            <Section title={text.history}>
              <HolderHistory id={id} />
            </Section>
          </>
        )}
      </Loaded>
    </>
  );
}
