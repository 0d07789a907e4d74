// SPDX-License-Identifier: Apache-2.0
import type { Registration } from '../../api/registrations.ts';
import { fill } from '../../i18n/fill.ts';
import { useRegistrationLabelOf, useRegistrationNames } from '../../orders/registration-labels.ts';
import { ReasonNotice } from '../../orders/review-notice.tsx';
import { formatTime } from '../../ui/format.ts';
import { useMyRegistrationText } from './i18n.ts';

const DAY_MS = 86_400_000;
const SPEAKING: readonly string[] = ['INITIAL_RETURNED', 'FINAL_RETURNED', 'NOT_REGISTERED'];

interface RegistrationNoticeProps {
  registration: Registration;
  /** With it each reason leads to its field. */
  idOf?: (field: string) => string;
}

/** 初审退回, 复审退回 or 不予登记, with every reason; of a return how many days are left. */
export function RegistrationNotice({ registration: { state, review, form }, idOf }: RegistrationNoticeProps) {
  const text = useMyRegistrationText();
  const { levels } = useRegistrationNames();
  const labelOf = useRegistrationLabelOf(form.documents);
  if (!review || !SPEAKING.includes(state)) return null;
  const { deadline, reasons } = review;
  const places = { level: levels[review.level], count: reasons.length };
  const headline =
    review.decision === 'RETURN' && deadline ? returned(deadline, text, places) : fill(text.refused, places);
  return <ReasonNotice {...{ headline, reasons, labelOf }} {...(idOf && { idOf })} />;
}

/** Days are those of the calendar in Beijing. */
function returned(
  deadline: string,
  text: { returned: string; returnedToday: string },
  places: { level: string; count: number },
): string {
  const day = formatTime(deadline).slice(0, 10);
  const today = formatTime(new Date()).slice(0, 10);
  const left = Math.round((Date.parse(day) - Date.parse(today)) / DAY_MS);
  return fill(left > 0 ? text.returned : text.returnedToday, { ...places, day, left });
}
