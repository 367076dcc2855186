import { defineConfig, type RolldownOptions } from 'rolldown'
import { dts } from 'rolldown-plugin-dts'
import { startFaster } from './scripts/start-faster.ts'

/** Modules of rxjs one by one, so that only those in use are in a bundle: on Node it offers one CommonJS whole. */
const rxjs = `${import.meta.dirname}/node_modules/rxjs/dist/esm/index.js`

/** What a pipe imports, before and after it knows its server, with all that these modules import: one file, as each costs it a quarter of a millisecond. */
const PIPE =
  /\/program\/client\/(main|pipe\/tool|connect\/(dialer|name-lock|own-client|own-session|visit)|account\/(entrance|own-account|own-keys))\.ts$/

/** A program as few files: to find and compile many is most of the start-up time. */
const program = (name: string, ...groups: readonly { name: string; test: RegExp }[]): RolldownOptions => ({
  input: { [name]: `src/program/${name}/entry.ts` },
  platform: 'node',
  resolve: { alias: { rxjs } },
  // React and Ink have slow checks for those who develop with them; the tools of these are none of ours.
  transform: { define: { 'process.env.NODE_ENV': '"production"' } },
  external: ['react-devtools-core'],
  plugins: [startFaster],
  output: {
    dir: 'dist',
    format: 'esm',
    cleanDir: false,
    chunkFileNames: `${name}-[name].js`,
    minify: 'dce-only',
    codeSplitting: { groups: [...groups] },
  },
})

/** The thread that checks passkeys, and the one that tries rules on the past. Both the program and the library start them. */
const threadOutput: RolldownOptions = {
  platform: 'node',
  output: { dir: 'dist', format: 'esm', cleanDir: false, minify: 'dce-only' },
}
const passkeyThread: RolldownOptions = {
  ...threadOutput,
  input: { 'passkey-thread': 'src/server/ingress/authentication/passkeys/passkey-thread.ts' },
}
const rehearsalThread: RolldownOptions = {
  ...threadOutput,
  input: { 'rehearsal-thread': 'src/server/rehearsing/rehearsal-thread.ts' },
}

/** Not with an rxjs of its own: its observables are those of whoever imports it. */
const library: RolldownOptions = {
  input: { index: 'src/index.ts' },
  platform: 'node',
  external: ['rxjs'],
  output: { dir: 'dist', format: 'esm', cleanDir: false, chunkFileNames: 'library-[name].js', minify: 'dce-only' },
}

/**
 * Its types, in one file. TypeScript 7.0 has no API to make them with yet: the plugin runs its compiler, and says at every
 * build that this will go when there is one.
 */
const types: RolldownOptions = {
  input: { index: 'src/index.ts' },
  external: ['immutable', 'rxjs', 'zod'],
  // What no type needs is not imported at all.
  treeshake: { moduleSideEffects: false },
  plugins: [dts({ emitDtsOnly: true, logger: { info() {}, warn() {}, error: console.error } })],
  output: { dir: 'dist', format: 'esm', cleanDir: false },
}

export default defineConfig([
  program('server'),
  program('client', { name: 'pipe', test: PIPE }),
  passkeyThread,
  rehearsalThread,
  library,
  types,
])
