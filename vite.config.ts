import { resolve } from 'node:path';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const root = resolve(import.meta.dirname, 'src/web');
const entries = ['console/index.html', 'portal/main.ts', 'portal/fonts.css', 'portal/fonts-zh.css'];
const service = process.env.EVENHAND_ORIGIN ?? 'http://127.0.0.1:4040';

/** While developing, every address of the console is the console's page, as the service does it. */
const consolePaths: Plugin = {
  name: 'console-paths',
  configureServer(server) {
    server.middlewares.use((request, _response, next) => {
      const path = request.url?.split('?')[0] ?? '/';
      const isPage = request.headers.accept?.includes('text/html') === true && !/\.\w+$/.test(path);
      if (isPage && !FORWARDED.some((prefix) => path === prefix || path.startsWith(`${prefix}/`)))
        request.url = '/console/index.html';
      next();
    });
  },
};

/** What the service answers itself. */
const FORWARDED = ['/api', '/v1', '/c', '/docs', '/policy', '/healthz', '/readyz'];

/** The browser's half: staff console and customer pages, built into dist/web and served by the service itself. */
export default defineConfig({
  root,
  base: '/',
  plugins: [consolePaths, react(), tailwindcss()],
  build: {
    outDir: resolve(import.meta.dirname, 'dist/web'),
    emptyOutDir: true,
    manifest: true,
    // The content security policy takes fonts and scripts from our own address only, not from data: addresses.
    assetsInlineLimit: 0,
    // light-dark() and the like stay as written: these are the first releases of each browser that know them.
    target: ['chrome123', 'firefox120', 'safari17.5'],
    rolldownOptions: {
      input: entries.map((file) => resolve(root, file)),
      // The design system only declares: a page takes from its index what it uses, and the rest stays in other pages' chunks.
      treeshake: { moduleSideEffects: [{ test: /\/web\/ui\/.*\.tsx?$/, sideEffects: false }] },
    },
  },
  server: { proxy: Object.fromEntries(FORWARDED.map((prefix) => [`^${prefix}(/|$|\\?)`, service])) },
});
