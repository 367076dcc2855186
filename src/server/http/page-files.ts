/**
 * The built page, read once: a table of its files by path. A path that is not in the table does not exist, so no path
 * leads out of the folder, and no request waits for the disk.
 */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { extname, join, relative, sep } from 'node:path'

export type PageFile = {
  readonly type: string
  /** The file's name changes with its content. */
  readonly hashed: boolean
  readonly etag: string
  /** The whole file, and its compressed forms if the build made them. */
  readonly plain: Buffer
  readonly br: Buffer | null
  readonly gzip: Buffer | null
}

/** By path: `/` is index.html. Empty if the page was not built. */
export type PageFiles = ReadonlyMap<string, PageFile>

const TYPES: ReadonlyMap<string, string> = new Map([
  ['.css', 'text/css; charset=utf-8'],
  ['.html', 'text/html; charset=utf-8'],
  ['.ico', 'image/x-icon'],
  ['.js', 'text/javascript; charset=utf-8'],
  ['.json', 'application/json'],
  ['.png', 'image/png'],
  ['.svg', 'image/svg+xml'],
  ['.txt', 'text/plain; charset=utf-8'],
  ['.webmanifest', 'application/manifest+json'],
  ['.woff2', 'font/woff2'],
])

/** Vite puts files here that have a hash of their content in their name. */
const HASHED = '/assets/'
const COMPRESSED = new Set(['.br', '.gz'])

export function readPageFiles(folder: string): PageFiles {
  if (!existsSync(join(folder, 'index.html'))) return new Map()
  const files = new Map<string, PageFile>()
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const extension = extname(entry.name)
    if (!entry.isFile() || entry.name.startsWith('.') || COMPRESSED.has(extension)) continue
    const file = join(entry.parentPath, entry.name)
    const path = `/${relative(folder, file).split(sep).join('/')}`
    files.set(path === '/index.html' ? '/' : path, read(file, path, extension))
  }
  return files
}

function read(file: string, path: string, extension: string): PageFile {
  const plain = readFileSync(file)
  const sibling = (ending: string): Buffer | null =>
    existsSync(`${file}${ending}`) ? readFileSync(`${file}${ending}`) : null
  return {
    type: TYPES.get(extension) ?? 'application/octet-stream',
    hashed: path.startsWith(HASHED),
    etag: createHash('sha256').update(plain).digest('base64url').slice(0, 22),
    plain,
    br: sibling('.br'),
    gzip: sibling('.gz'),
  }
}
