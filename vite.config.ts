/** How the page is built: src/web becomes dist/web, each file beside itself compressed, as the server sends it. */
import { join } from 'node:path'
import { defineConfig, type Plugin } from 'vite'
import { compressed } from './scripts/compressed.ts'
import { serviceWorker } from './scripts/service-worker.ts'
import { trimImmutable } from './scripts/trim-immutable.ts'
import { themeCss } from './src/web/theme-css.ts'

const OUT = join(import.meta.dirname, 'dist/web')

/** The modules that every visit needs. Panels that few open, and the library of passkeys, are loaded when they are. */
const LATER = new RegExp(
  [
    ...[
      '/view/(marks/|code/|text-tree)',
      '/prose/(prose|links)',
      'linkify-it|uc.micro',
      '@codemirror',
      '/model/emoji/(?!emoji.ts)',
      '/input/emoji.ts',
      '/parts/emoji/',
    ],
    ...['/parts/(sheets/(?!Sheet.|sheet-props)|settings/|person/Card)'],
    ...['/parts/menu/(Menu|parts|message-items|person-items)', '@simplewebauthn'],
    ...['/browser/push.ts', '/visit/push-acts.ts'],
    '/parts/(files/(?!pictures|use-viewer)|messages/(living/(living-parts|Reactions)|Quote|Welcome)|menu/ReactionPicker)',
    '/parts/(composer/ModeLine|Found)|/text/sizes|/chat/messages/(reactions|pins)',
    '/parts/keeping/(panels|Restrict|ForHowLong|times|lists/|room/)',
    '/parts/account/(?!use-act|Outcome|AccountPanel)',
    '/parts/(live/|questions/(?!use-questions))|/chat/questions/(question-view|hands|entitled|waiting)',
  ].join('|'),
)
const isAtOnce = (id: string): boolean => /\.([mc]?js|tsx?)$/.test(id) && !LATER.test(id)

/** The shared theme, as a style sheet that is made anew at each build. */
const theme: Plugin = {
  name: 'theme',
  resolveId: id => (id === 'virtual:theme.css' ? '\0theme.css' : null),
  load: id => (id === '\0theme.css' ? themeCss() : null),
}

/** Later parts come with at most a style sheet, which use-loaded.ts adds. Vite's own way weighs more than a kilobyte. */
const noPreload: Plugin = {
  name: 'no-preload',
  enforce: 'pre',
  load: id => (id === '\0vite/preload-helper.js' ? 'export const __vitePreload = load => load()' : null),
}

export default defineConfig({
  root: join(import.meta.dirname, 'src/web'),
  base: '/',
  plugins: [trimImmutable, theme, noPreload, serviceWorker(OUT), compressed(OUT)],
  oxc: { jsx: { runtime: 'automatic' } },
  // React's own renderer weighs more than all the rest of the page (docs/decisions/0029).
  resolve: {
    alias: [
      { find: 'react/jsx-runtime', replacement: 'preact/jsx-runtime' },
      { find: 'react', replacement: 'preact/compat' },
    ],
  },
  build: {
    outDir: OUT,
    emptyOutDir: true,
    // Nothing is put into the document itself: the policy allows only files.
    assetsInlineLimit: 0,
    modulePreload: false,
    target: 'es2024',
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    reportCompressedSize: false,
    // One file: of two, the compression knows less.
    rolldownOptions: {
      treeshake: { propertyReadSideEffects: false },
      output: { codeSplitting: { groups: [{ name: 'page', test: isAtOnce }] } },
    },
  },
  // `npm run dev:page` beside `npm run dev`.
  server: { proxy: { '/ws': { target: 'ws://127.0.0.1:3001', ws: true } } },
})
