import { DirectionProvider } from '@base-ui/react/direction-provider';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { ToastProvider } from '../ui/toast.tsx';
import { TooltipProvider } from '../ui/tooltip.tsx';
import { showWholeText } from '../ui/whole-text.ts';
import '../ui/base.css';
import { useTranslation } from 'react-i18next';
import { direction, formatLocale, onLanguage, startI18n } from './i18n.ts';
import { queryClient } from './query.ts';
import { mendLanguage } from './reader-languages.ts';
import { router } from './routes.tsx';
import { applyTheme } from './theme.ts';

mendLanguage();
applyTheme();
await startI18n();
showWholeText();
/* Part of what is on screen was written by the service, in the language asked for then. */
onLanguage(() => void queryClient.invalidateQueries());

/** Turns over with the language. */
function App() {
  useTranslation();
  return (
    <DirectionProvider direction={direction()}>
      <TooltipProvider>
        <ToastProvider>
          <RouterProvider router={router} />
        </ToastProvider>
      </TooltipProvider>
    </DirectionProvider>
  );
}

const app = document.getElementById('app');
if (!app) throw new Error('index.html has no #app');
createRoot(app).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <App />
    </QueryClientProvider>
  </StrictMode>,
);

/*
 * The list of Chinese glyph files is long, so it waits until the page is there, unless the page is in Chinese; until then the
 * device's own font stands in. Glyphs themselves come as they are shown, and those of Hebrew too.
 */
const chineseGlyphs = () => void import('../ui/fonts-sc.css');
if (formatLocale().startsWith('zh')) chineseGlyphs();
else (globalThis.requestIdleCallback ?? setTimeout)(chineseGlyphs);
