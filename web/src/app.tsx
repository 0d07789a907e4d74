// SPDX-License-Identifier: Apache-2.0
// The signed-in part of the site: log-in, member centre, staff console.
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { ConfigProvider } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import { lazy, Suspense } from 'react';
import { BrowserRouter, Navigate, Route, Routes } from 'react-router';
import { toApiError } from './api/api-error.ts';
import { useLanguage } from './i18n/language.ts';
import './ui/tokens.css';
import './kit/kit.css';
import { Loading } from './kit/states.tsx';
import { theme } from './kit/theme.ts';
import { LoginPage } from './member/login/login-page.tsx';
import { SignInAgain } from './member/login/sign-in-again.tsx';
import { Guard, NewBuildBar } from './ui/trouble.tsx';

const MemberRoutes = lazy(async () => ({ default: (await import('./member/routes.tsx')).MemberRoutes }));
const StaffRoutes = lazy(async () => ({ default: (await import('./staff/routes.tsx')).StaffRoutes }));

const RETRIES = 2;

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      networkMode: 'always',
      // Somebody else may have acted meanwhile: what was known is shown at once, and asked for again.
      refetchOnWindowFocus: true,
      staleTime: 0,
      // What the portal has answered stays so; only silence and overload are worth another try.
      retry: (count, error) => count < RETRIES && [0, 502, 503, 504].includes(toApiError(error).status),
    },
    mutations: { networkMode: 'always' },
  },
});

export function App() {
  const language = useLanguage();
  return (
    <ConfigProvider
      locale={language === 'zh' ? zhCN : enUS}
      theme={theme}
      button={{ autoInsertSpace: false }}
      wave={{ disabled: true }}
    >
      <QueryClientProvider client={queries}>
        <BrowserRouter>
          <Guard page="/member.html">
            <Suspense fallback={<Loading />}>
              <Routes>
                <Route path="/login" element={<LoginPage />} />
                <Route path="/member/*" element={<MemberRoutes />} />
                <Route path="/staff/*" element={<StaffRoutes />} />
                <Route path="*" element={<Navigate to="/member" replace />} />
              </Routes>
            </Suspense>
            <SignInAgain />
          </Guard>
          <NewBuildBar page="/member.html" />
        </BrowserRouter>
      </QueryClientProvider>
    </ConfigProvider>
  );
}
