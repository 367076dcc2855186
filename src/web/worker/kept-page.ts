/**
 * The files of one build of the page, kept in the browser. The document comes from the server, and from here only if the
 * server doesn't answer: so a page is never older than its server. Other files have names that change with their content,
 * or come with the build.
 */

/** Caches of this page begin with this. */
const OURS = 'rxchat-'
const CACHE = `${OURS}${BUILD}`
/** Names of files here change with their content. */
const HASHED = '/assets/'
/** The server has this long before the kept document is shown. */
const DOCUMENT_MS = 4000

/** Rejects if a file can't be had, or the server has another build meanwhile: the browser then tries later. */
export async function storeBuild(): Promise<void> {
  const cache = await caches.open(CACHE)
  await Promise.all(FILES.map(async path => cache.put(path, await fileOf(path))))
}

async function fileOf(path: string): Promise<Response> {
  if (path !== '/') return whole(path, await fetch(path))
  // To other clients the server says in plain text how to join.
  const document = whole(path, await fetch(path, { headers: { Accept: 'text/html' }, cache: 'no-cache' }))
  const text = await document.clone().text()
  const isOurs = FILES.every(file => !file.startsWith(HASHED) || text.includes(file))
  if (!isOurs) throw new Error('the server has another build')
  return document
}

function whole(path: string, answer: Response): Response {
  if (answer.status !== 200 || answer.redirected) throw new Error(`${path}: ${answer.status}`)
  return answer
}

/** Nothing of another build stays. */
export async function forgetOthers(): Promise<void> {
  const names = await caches.keys()
  await Promise.all(names.filter(name => name.startsWith(OURS) && name !== CACHE).map(name => caches.delete(name)))
}

/** Null: the browser asks the server, as if this worker didn't exist. */
export function answerTo(request: Request): Promise<Response> | null {
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== location.origin) return null
  if (request.mode === 'navigate') return pathname === '/' ? documentFor(request) : null
  if (pathname.startsWith(HASHED)) return fileFor(request, pathname)
  return pathname !== '/' && FILES.includes(pathname) ? fileFor(request, pathname) : null
}

async function documentFor(request: Request): Promise<Response> {
  const fresh = fetch(request)
  const inTime = await Promise.race([fresh.catch(() => null), after(DOCUMENT_MS)])
  // A proxy answers with 502 to 504 for a server that is away.
  if (inTime && inTime.status < 500) return inTime
  return (await kept('/')) ?? fresh
}

async function fileFor(request: Request, path: string): Promise<Response> {
  const known = await kept(path)
  if (known) return known
  // Twice: a connection that the browser had in reserve may be of no use any more.
  const answer = await fetch(request).catch(() => fetch(request))
  // Parts of the page that are loaded later, when they are needed.
  if (answer.status === 200 && path.startsWith(HASHED)) {
    const cache = await caches.open(CACHE)
    await cache.put(path, answer.clone()).catch(() => {})
  }
  return answer
}

/** The server's answers vary by headers which these requests don't have. */
const kept = (path: string): Promise<Response | undefined> =>
  caches.match(path, { cacheName: CACHE, ignoreVary: true, ignoreSearch: true })

const after = (ms: number): Promise<null> => new Promise(resolve => setTimeout(() => resolve(null), ms))
