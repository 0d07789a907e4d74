// SPDX-License-Identifier: Apache-2.0
// 版权登记: the form of a draft, or of a registration that was returned.
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { type Registration, useRegistration } from '../../api/registrations.ts';
import { PageTitle } from '../../kit/section.tsx';
import { Loaded } from '../../kit/states.tsx';
import { aboutRegistration } from '../../orders/registration-labels.ts';
import { useMyRegistrationText } from './i18n.ts';
import { RegistrationForm } from './registration-form.tsx';

export function EditRegistrationPage() {
  const { id = '' } = useParams();
  return <Editor key={id} id={id} />;
}

function Editor({ id }: { id: string }) {
  const registration = useRegistration(id);
  const [attempt, setAttempt] = useState(0);
  const reload = async () => {
    await registration.refetch();
    setAttempt((count) => count + 1);
  };
  return (
    <Loaded query={registration}>
      {(found) =>
        found.allowed.includes('edit') ? (
          <RegistrationForm key={attempt} registration={found} onReload={reload} />
        ) : (
          <NotEditable registration={found} />
        )
      }
    </Loaded>
  );
}

/** In place of the form of what was submitted already. */
function NotEditable({ registration }: { registration: Registration }) {
  const text = useMyRegistrationText();
  return (
    <>
      <PageTitle title={text.formTitle} about={aboutRegistration(registration)} />
      <p className="notice">
        {text.notEditable} <Link to={`/member/registrations/${registration.id}`}>{text.goOrder}</Link>
      </p>
    </>
  );
}
