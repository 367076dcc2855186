import { defineConfig } from 'rolldown'

/** Both programs, each one bundle: fewer files to find and compile is most of the start-up time. */
export default defineConfig([
  {
    input: { server: 'src/program/server/entry.ts' },
    platform: 'node',
    output: { dir: 'dist', format: 'esm', cleanDir: true },
  },
])
