/**
 * Each text of the built page compressed beside itself, as the server sends it. Zopfli makes a gzip file a twentieth
 * smaller than zlib does: browsers that get no Brotli, such as those without TLS, load that much less.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { brotliCompressSync, constants } from 'node:zlib'
import { gzipAsync } from '@gfx/zopfli'
import type { Plugin } from 'vite'

const TEXTS = new Set(['.html', '.js', '.css', '.svg', '.webmanifest'])
/** More find nothing more, and take their time. */
const ROUNDS = 5

/** `out` is the folder of the built page. */
export const compressed = (out: string): Plugin => ({
  name: 'compressed',
  apply: 'build',
  async closeBundle() {
    for (const entry of readdirSync(out, { recursive: true, withFileTypes: true })) {
      const file = join(entry.parentPath, entry.name)
      if (!entry.isFile() || !TEXTS.has(extname(file))) continue
      const bytes = readFileSync(file)
      writeFileSync(`${file}.gz`, await gzipAsync(bytes, { numiterations: ROUNDS }))
      writeFileSync(`${file}.br`, brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }))
    }
  },
})
