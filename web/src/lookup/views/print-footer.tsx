// SPDX-License-Identifier: Apache-2.0
// What every printed page of a report says at its foot: the verdict, when and where it was reached, and the page.
import { formatTime } from '../../ui/format.ts';

interface PrintFooterProps {
  readonly title: string;
  readonly checkedAt: Date;
}

export function PrintFooter({ title, checkedAt }: PrintFooterProps) {
  const { origin, pathname, protocol } = window.location;
  const address = protocol === 'file:' ? pathname.split('/').at(-1) : origin + pathname;
  const text = cssString(`${title}　${formatTime(checkedAt)} (UTC+8)　${address}`);
  return (
    <style>{`@page { @bottom-left { content: ${text}; font-size: 9px } @bottom-right { content: counter(page) " / " counter(pages); font-size: 9px } }`}</style>
  );
}

/** A CSS string; nothing in the text can end it. */
function cssString(text: string): string {
  return `"${text.replace(/["\\\n\r\f<]/g, (sign) => `\\${sign.charCodeAt(0).toString(16)} `)}"`;
}
