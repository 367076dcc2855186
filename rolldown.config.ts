import { defineConfig, type RolldownOptions } from 'rolldown'

/** A program as few files: to find and compile many is most of the start-up time. */
const program = (name: string): RolldownOptions => ({
  input: { [name]: `src/program/${name}/entry.ts` },
  platform: 'node',
  output: { dir: 'dist', format: 'esm', cleanDir: false, chunkFileNames: `${name}-[name].js`, minify: 'dce-only' },
})

export default defineConfig([program('server'), program('client')])
