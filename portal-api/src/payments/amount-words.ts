// SPDX-License-Identifier: Apache-2.0
// 大写金额: an amount in the characters of Chinese book-keeping, in which no digit can be altered into another.
const DIGITS = '零壹贰叁肆伍陆柒捌玖';
const PLACES = ['', '拾', '佰', '仟'];
const GROUPS = ['', '万', '亿'];
/** Places between two of `GROUPS`. */
const GROUP = 4;

/** Of whole fen: 3000 is 人民币叁拾元整. */
export function amountWords(fen: number): string {
  const yuan = Math.floor(fen / 100);
  const [tenths = 0, hundredths = 0] = [Math.floor(fen / 10) % 10, fen % 10];
  const whole = yuan > 0 ? `${wholeWords(String(yuan))}元` : '';
  const jiao = tenths > 0 ? `${DIGITS[tenths]}角` : '';
  const gap = whole && !jiao ? '零' : '';
  const rest = hundredths > 0 ? `${jiao}${gap}${DIGITS[hundredths]}分` : `${jiao}整`;
  return `人民币${whole}${rest}`;
}

/** Noughts in the middle are one 零, those at the end of a group nothing. */
function wholeWords(digits: string): string {
  let words = '';
  let isGapBefore = false;
  for (const [index, digit] of [...digits].entries()) {
    const place = digits.length - 1 - index;
    if (digit === '0') isGapBefore = true;
    else {
      words += (isGapBefore ? '零' : '') + DIGITS[Number(digit)] + PLACES[place % GROUP];
      isGapBefore = false;
    }
    const isGroupEnd = place > 0 && place % GROUP === 0;
    const group = digits.slice(Math.max(0, index + 1 - GROUP), index + 1);
    if (isGroupEnd && Number(group) > 0) words += GROUPS[place / GROUP];
  }
  return words;
}
