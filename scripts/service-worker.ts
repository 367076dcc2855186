/** The page's service worker, as one script beside the page. It knows the files of the build that it's made for. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { rolldown } from 'rolldown'
import type { Plugin } from 'vite'

const SOURCE = join(import.meta.dirname, '../src/web/worker/entry.ts')
/** Files with names of their own that the first view needs. */
const STANDING = ['favicon.svg', 'manifest.webmanifest', 'icon-192.png']

/** `out` is the folder of the built page. */
export const serviceWorker = (out: string): Plugin => ({
  name: 'service-worker',
  apply: 'build',
  async writeBundle() {
    const document = readFileSync(join(out, 'index.html'), 'utf8')
    const assets = [...document.matchAll(/"\/(assets\/[^"]+)"/g)].map(([, file = '']) => file)
    const files = ['index.html', ...assets, ...STANDING]
    const hash = createHash('sha256')
    for (const file of files) hash.update(file).update(readFileSync(join(out, file)))
    const paths = files.map(file => (file === 'index.html' ? '/' : `/${file}`))
    const build = hash.digest('base64url').slice(0, 12)
    const define = { BUILD: JSON.stringify(build), FILES: JSON.stringify(paths) }
    const worker = await rolldown({ input: SOURCE, transform: { define } })
    await worker.write({ file: join(out, 'sw.js'), format: 'iife', minify: true })
  },
})
