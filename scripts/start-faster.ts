/** What is done to the bundles of the programs, so that Node loads them in less time. */
import { isBuiltin } from 'node:module'
import type { Plugin } from 'rolldown'

export const startFaster: Plugin = {
  name: 'start-faster',
  transform: (code, id) => (id.endsWith('/meow/build/dependencies.js') ? withoutLicences(code) : null),
  generateBundle(_, bundle) {
    for (const file of Object.values(bundle)) {
      if (file.type === 'chunk') file.code = inAscii(withoutFacades(file.code))
    }
  },
}

const IMPORT = /^import (?:([\w$]+)(?:, )?)?(?:\* as ([\w$]+)|(\{.*\}))? from "([^"]+)";$/gm

/**
 * Takes Node's own modules without an `import`, for which Node would read each of their properties: behind one of
 * node:http is the whole of fetch, behind one of node:fs are the streams.
 */
const withoutFacades = (code: string): string =>
  code.replace(IMPORT, (whole, byDefault?: string, asWhole?: string, named?: string, id = '') => {
    if (!isBuiltin(id)) return whole
    const module = `globalThis.process.getBuiltinModule("${id}")`
    const names = [byDefault, asWhole, named?.replaceAll(' as ', ': ')].filter(name => name !== undefined)
    return names.map(name => `const ${name} = ${module};`).join(' ')
  })

/** Escapes all other letters: Node reads a file of ASCII alone faster. Limit: they may not be in a `String.raw`. */
const inAscii = (code: string): string =>
  code.replace(/[^\0-\x7f]/g, unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)

/** meow reads the licences that npm knows as it is loaded, and needs them only for a manifest that it looks for itself. */
function withoutLicences(code: string): string {
  const late = code.replace(
    /var normalizeExports = requireNormalize\(\);\s+const normalizePackageData = getDefaultExportFromCjs\(normalizeExports\);/,
    'const normalizePackageData = manifest => getDefaultExportFromCjs(requireNormalize())(manifest);',
  )
  if (late === code) throw new Error('meow has changed: see how it loads normalize-package-data now.')
  return late
}
