import { Toast } from '@base-ui/react/toast';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from './icon.tsx';

const manager = Toast.createToastManager();

interface ToastOptions {
  /** What happened, as a sentence. */
  title: string;
  detail?: string;
  meaning?: 'done' | 'failed';
  /** Takes it back. The toast then stays for ten seconds. */
  undo?: () => void;
}

/** Says what happened, to eyes and to screen readers, and offers to take it back where that is possible. */
export function toast({ title, detail, meaning = 'done', undo }: ToastOptions): void {
  const id = manager.add({
    title,
    ...(detail && { description: detail }),
    type: meaning,
    timeout: undo || meaning === 'failed' ? 10_000 : 5_000,
    priority: meaning === 'failed' ? 'high' : 'low',
    ...(undo && {
      actionProps: {
        onClick: () => {
          manager.close(id);
          undo();
        },
      },
    }),
  });
}

/** Takes all of them away. */
export function closeToasts(): void {
  manager.close();
}

function Toasts() {
  const { t } = useTranslation('ui');
  const { toasts } = Toast.useToastManager();
  return toasts.map((item) => (
    <Toast.Root
      key={item.id}
      toast={item}
      data-toast
      className="flex w-full items-start gap-3 rounded-lg bg-raised py-2.5 ps-3.5 pe-2 shadow-lg transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0"
    >
      <Icon
        name={item.type === 'failed' ? 'alert' : 'check'}
        className={item.type === 'failed' ? 'mt-1 text-block' : 'mt-1 text-good'}
      />
      <div className="min-w-0 grow py-0.5">
        <Toast.Title className="text-base font-medium text-ink" />
        <Toast.Description className="text-sm text-muted" />
      </div>
      {item.actionProps && (
        <Toast.Action className="control-height rounded-md px-2.5 text-sm font-medium text-accent hover:bg-hover">
          {t('undo')}
        </Toast.Action>
      )}
      <Toast.Close
        aria-label={t('close')}
        className="inline-flex control-square items-center justify-center rounded-md text-muted hover:bg-hover hover:text-ink"
      >
        <Icon name="close" />
      </Toast.Close>
    </Toast.Root>
  ));
}

/** Holds the toasts of everything below it. */
export function ToastProvider({ children }: { children: ReactNode }) {
  const { t } = useTranslation('ui');
  return (
    <Toast.Provider toastManager={manager} limit={3}>
      {children}
      <Toast.Portal>
        <Toast.Viewport
          aria-label={t('notifications')}
          className="fixed end-4 bottom-(--toast-bottom,1rem) z-50 flex w-96 max-w-[calc(100vw-2rem)] flex-col gap-2 max-md:bottom-(--toast-bottom,5rem)"
        >
          <Toasts />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  );
}
