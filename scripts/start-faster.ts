/** What is done to the bundles of the programs, so that Node loads them in less time. */
import { isBuiltin } from 'node:module'
import type { Plugin } from 'rolldown'
import { ONE_COLUMN_EACH } from '../src/tui/text/one-column.ts'

export const startFaster: Plugin = {
  name: 'start-faster',
  transform: (code, id) => CHANGED.find(([file]) => id.endsWith(file))?.[1](code) ?? null,
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

/** Prepares a program that meow never starts, and for that loads what starts programs. */
const withoutPrograms = (code: string): string => replaced(code, 'promisify(execFile);', '')

/** meow reads the licences that npm knows as it is loaded, and needs them only for a manifest that it looks for itself. */
const withoutLicences = (code: string): string =>
  replaced(
    code,
    /var normalizeExports = requireNormalize\(\);\s+const normalizePackageData = getDefaultExportFromCjs\(normalizeExports\);/,
    'const normalizePackageData = manifest => getDefaultExportFromCjs(requireNormalize())(manifest);',
  )

/**
 * Lets string-width compile its patterns, among them one of all emoji, with the first text that needs them. That takes as
 * long as loading React.
 */
function withLatePatterns(code: string): string {
  const late: string[] = []
  const declared = replaced(code, /^const (\w+) = (new Intl\.Segmenter\(\)|\/.*\\p\{.*\/\w+);$/gm, (_, name, value) => {
    late.push(`${name} ??= ${value};`)
    return `let ${name};`
  })
  const short = replaced(
    declared,
    '/^[\\u0020-\\u007E]*$/.test(string)',
    () => `ambiguousIsNarrow && ${ONE_COLUMN_EACH}.test(string)`,
  )
  return replaced(short, 'const eastAsianWidthOptions = {', found => `${late.join(' ')} ${found}`)
}

/** The modules that divide what Ink draws: see late-segmenter.ts. */
const withLateSegmenter = (code: string): string =>
  `import { LateSegmenter } from ${JSON.stringify(`${import.meta.dirname}/late-segmenter.ts`)};${replaced(code, /new Intl\.Segmenter\(/g, 'new LateSegmenter(')}`

/** The layout engine is WebAssembly in a `data:` URL, and to fetch that, Node would load its whole HTTP client. */
const withoutFetch = (code: string): string => `const fetch = undefined;${code}`

/** Modules of others that do at their start what is needed late or never. */
const CHANGED: readonly (readonly [file: string, change: (code: string) => string])[] = [
  ['/meow/build/dependencies.js', code => withoutPrograms(withoutLicences(code))],
  ['/string-width/index.js', withLatePatterns],
  ['/yoga-layout/dist/binaries/yoga-wasm-base64-esm.js', withoutFetch],
  ['/wrap-ansi/index.js', withLateSegmenter],
  ['/slice-ansi/tokenize-ansi.js', withLateSegmenter],
  ['/@alcalzone/ansi-tokenize/build/tokenize.js', withLateSegmenter],
  ['/ink/build/line-update.js', withLateSegmenter],
]

function replaced(code: string, old: string | RegExp, by: string | ((...found: string[]) => string)): string {
  const changed = code.replace(old, by as string)
  if (changed === code) throw new Error(`A module has changed: see how it does now what was ${old}.`)
  return changed
}
