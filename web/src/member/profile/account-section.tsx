// SPDX-License-Identifier: Apache-2.0
// 账号信息: who the account is for, the picture, and the way to 账号安全.
import { Link } from 'react-router';
import { useMe } from '../../api/session.ts';
import { fill } from '../../i18n/fill.ts';
import { Facts, Section } from '../../kit/section.tsx';
import { Loaded } from '../../kit/states.tsx';
import { formatTime } from '../../ui/format.ts';
import { Avatar } from './avatar.tsx';
import { useProfileText } from './i18n.ts';

export function AccountSection() {
  const text = useProfileText();
  const me = useMe();
  return (
    <Section title={text.account}>
      <Loaded query={me}>
        {({ userNumber, referrer, phone, createdAt, avatar }) => (
          <Facts
            rows={[
              [text.userNumber, `${userNumber} ${referrer === null ? '' : fill(text.referrer, { number: referrer })}`],
              [text.avatar, <Avatar key="avatar" avatar={avatar} />],
              [
                text.phone,
                <span key="phone">
                  {phone} <Link to="/member/security">{text.goSecurity}</Link>
                </span>,
              ],
              [text.since, formatTime(createdAt)],
            ]}
          />
        )}
      </Loaded>
    </Section>
  );
}
