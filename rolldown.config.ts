import { defineConfig, type RolldownOptions } from 'rolldown'

/** Modules of rxjs one by one, so that only those in use are in a bundle: on Node it offers one CommonJS whole. */
const rxjs = `${import.meta.dirname}/node_modules/rxjs/dist/esm/index.js`

/** A program as few files: to find and compile many is most of the start-up time. */
const program = (name: string): RolldownOptions => ({
  input: { [name]: `src/program/${name}/entry.ts` },
  platform: 'node',
  resolve: { alias: { rxjs } },
  // React and Ink have slow checks for those who develop with them; the tools of these are none of ours.
  transform: { define: { 'process.env.NODE_ENV': '"production"' } },
  external: ['react-devtools-core'],
  output: { dir: 'dist', format: 'esm', cleanDir: false, chunkFileNames: `${name}-[name].js`, minify: 'dce-only' },
})

export default defineConfig([program('server'), program('client')])
