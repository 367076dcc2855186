/** A file of the server, as bytes. Nothing of it is stored. */
import { type Reach, request } from '../../transport/webhook/http-request.ts'

const FETCH_MS = 20_000

/** `url`: a path on the server, as it sent it. Null: the server doesn't give the file, or it's larger than `most`. */
export function fetchBytes(reach: Reach, host: string, url: string, most: number): Promise<Buffer | null> {
  // Node throws on a path with blanks or control characters.
  const path = new URL(`http://server${url}`).pathname
  const { promise, resolve } = Promise.withResolvers<Buffer | null>()
  const giveUp = request(reach, host, { method: 'GET', path, headers: { Connection: 'close' } }, answer => {
    if (answer.type !== 'answer' || answer.status !== 200) return resolve(null)
    const { body } = answer
    const chunks: Buffer[] = []
    let size = 0
    body.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size > most) {
        body.destroy()
        resolve(null)
      } else chunks.push(chunk)
    })
    body.on('end', () => resolve(Buffer.concat(chunks)))
    body.on('close', () => resolve(null))
  })
  const timer = setTimeout(() => {
    giveUp()
    resolve(null)
  }, FETCH_MS)
  return promise.finally(() => {
    clearTimeout(timer)
    giveUp()
  })
}
