// SPDX-License-Identifier: Apache-2.0
import { errorSentence } from '../api/sentences.ts';
import { fill } from '../i18n/fill.ts';
import { useText } from '../i18n/language.ts';
import { formatTime } from '../ui/format.ts';
import type { Autosave } from './draft.ts';

const zh = {
  saved: '草稿已于 {time} 自动保存',
  local: '草稿已保存在本机。',
  unsaved: '已填内容还没有保存。',
  fields: '改好标出的内容后会自动保存到平台。',
};
const en: typeof zh = {
  saved: 'Draft saved at {time}',
  local: 'The draft is kept on this device.',
  unsaved: 'What you typed is not saved yet.',
  fields: 'It is saved to the platform once the marked fields are right.',
};

/** Where the draft is kept, and since when. */
export function DraftNote({ savedAt, error, isPrivate = false }: Autosave & { isPrivate?: boolean }) {
  const text = useText({ zh, en });
  if (error) {
    return (
      <span role="status">
        {isPrivate ? text.unsaved : text.local}
        {error.code === 'invalid-request' ? text.fields : errorSentence(error.code)}
      </span>
    );
  }
  return <span role="status">{savedAt && fill(text.saved, { time: formatTime(savedAt).slice(11) })}</span>;
}
