/** Plants bugs in this process: a file that has one is loaded with it. PLANTED holds them as JSON (planted.test.ts). */
import { registerHooks } from 'node:module'
import type { Planted } from './planted.ts'

const bugs: readonly Planted[] = JSON.parse(process.env['PLANTED'] ?? '[]')

registerHooks({
  load(url, context, nextLoad) {
    const loaded = nextLoad(url, context)
    const here = bugs.filter(({ file }) => url.endsWith(`/${file}`))
    if (here.length === 0) return loaded
    const source = here.reduce((text, { from, to }) => text.replace(from, () => to), `${loaded.source}`)
    return { ...loaded, source }
  },
})
