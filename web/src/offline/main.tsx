// SPDX-License-Identifier: Apache-2.0
// The one-file verifier: opened from disk with the network off, it says what the look-up page says, and asks nobody.
import { createRoot } from 'react-dom/client';
import { currentLanguage } from '../i18n/language.ts';
import '../ui/tokens.css';
import '../ui/base.css';
import '../lookup/lookup.css';
import './notices.css';
import { OfflinePage } from './offline-page.tsx';

currentLanguage();
const root = document.getElementById('root');
if (root) createRoot(root).render(<OfflinePage />);
