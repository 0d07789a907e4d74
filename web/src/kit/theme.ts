// SPDX-License-Identifier: Apache-2.0
// The look of the UI kit. Errors are ochre: red belongs to the stamp alone.
import type { ThemeConfig } from 'antd';

const SANS = 'system-ui, "PingFang SC", "HarmonyOS Sans SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif';
const MONO = 'ui-monospace, Menlo, Consolas, "Noto Sans Mono CJK SC", monospace';

const ink = '#1B1D20';
const ink2 = '#45484E';
const ink3 = '#5F6269';
const sheet = '#FFFFFF';
const sunken = '#FAF8F4';
const bar = '#F0EDE5';
const line = '#DFDACE';
const rule = '#8A8577';
const blue = '#1B55A6';
const hover = '#2765BD';
const active = '#143F7C';
const wash = '#EDF3FB';
const done = '#DCE8F6';
const pine = '#1D6846';
const pineWash = '#EDF5F0';
const ochre = '#8F4300';
const ochreWash = '#FBF3EA';

const warningColours = {
  colorWarning: ochre,
  colorWarningHover: ochre,
  colorWarningActive: ochre,
  colorWarningText: ochre,
  colorWarningTextHover: ochre,
  colorWarningBg: ochreWash,
  colorWarningBorder: ochre,
  colorWarningBorderHover: ochre,
};

const errorColours = {
  colorError: ochre,
  colorErrorHover: ochre,
  colorErrorActive: ochre,
  colorErrorText: ochre,
  colorErrorTextHover: ochre,
  colorErrorBg: ochreWash,
  colorErrorBgHover: ochreWash,
  colorErrorBorder: ochre,
  colorErrorBorderHover: ochre,
};

const textColours = {
  colorText: ink,
  colorTextHeading: ink,
  colorTextSecondary: ink2,
  colorTextTertiary: ink3,
  colorTextDescription: ink3,
  colorTextPlaceholder: ink3,
  colorTextDisabled: ink3,
  colorTextQuaternary: ink3,
};

const mainColours = {
  colorPrimary: blue,
  colorPrimaryHover: hover,
  colorPrimaryActive: active,
  colorPrimaryBg: done,
  colorPrimaryBgHover: done,
  colorLink: blue,
  colorLinkHover: hover,
  colorLinkActive: active,
  colorInfo: blue,
  colorInfoBg: wash,
  colorSuccess: pine,
  colorSuccessBg: pineWash,
  colorBorder: rule,
  colorBorderSecondary: line,
  colorSplit: line,
  colorBgLayout: '#F6F4EE',
  colorBgContainer: sheet,
  colorBgElevated: sheet,
  colorBgContainerDisabled: bar,
  colorFillAlter: sunken,
  controlItemBgActive: wash,
  controlItemBgActiveHover: done,
};

const sizes = {
  fontFamily: SANS,
  fontFamilyCode: MONO,
  fontSize: 14,
  fontSizeSM: 12,
  fontSizeLG: 16,
  fontSizeHeading3: 24,
  fontSizeHeading4: 20,
  fontSizeHeading5: 16,
  lineHeight: 1.571,
  fontWeightStrong: 700,
  borderRadius: 4,
  borderRadiusLG: 4,
  borderRadiusSM: 2,
  sizeUnit: 4,
  controlHeight: 36,
  controlHeightLG: 44,
  motionDurationFast: '120ms',
  motionDurationMid: '180ms',
  motionDurationSlow: '180ms',
  motionEaseInOut: 'ease-out',
  boxShadow: '0 1px 2px rgba(27,29,32,.05)',
};

/** As the system asks: nothing then slides or fades in. */
const motion = !(globalThis.matchMedia?.('(prefers-reduced-motion: reduce)').matches ?? false);

export const theme: ThemeConfig = {
  token: { motion, ...mainColours, ...textColours, ...errorColours, ...warningColours, ...sizes },
  components: {
    Table: { headerBg: sunken, headerColor: ink3, cellPaddingBlock: 10, headerSplitColor: line },
    Button: { primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none', fontWeight: 400 },
    Input: { activeShadow: 'none', errorActiveShadow: 'none' },
    Select: { activeOutlineColor: 'transparent', optionSelectedBg: wash, multipleItemBg: bar },
    Pagination: { itemSize: 36 },
  },
};
