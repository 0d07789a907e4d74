// SPDX-License-Identifier: Apache-2.0
import { useText } from '../../i18n/language.ts';

const zh = { zoomIn: '放大', zoomOut: '缩小', rotate: '旋转' };
const en: typeof zh = { zoomIn: 'Zoom in', zoomOut: 'Zoom out', rotate: 'Rotate' };

export const useDocumentText = () => useText({ zh, en });
