/** Dials over the browser's WebSocket. A message is a line of the native protocol. */
import { Observable } from 'rxjs'
import type { Dialer, Dialled } from '../../port/dialer.ts'

/** How long a server has to accept, in milliseconds. */
const CONNECT_MS = 10_000

const utf8 = new TextEncoder()

/**
 * `home` begins with `ws:` or `wss:`, and so does every other address. A browser doesn't say why a connection failed, so the error names possible causes.
 */
export const websocketDialer =
  (home: string): Dialer =>
  address => {
    const url = address === undefined ? home : at(home, address)
    let socket: WebSocket | null = null
    return {
      signals$: new Observable<Dialled>(signals => {
        const dialled = new WebSocket(url)
        socket = dialled
        let opened = false
        const patience = setTimeout(() => dialled.close(), CONNECT_MS)
        dialled.onopen = () => {
          clearTimeout(patience)
          opened = true
          signals.next({ type: 'opened' })
        }
        dialled.onmessage = ({ data }: MessageEvent) => {
          if (typeof data === 'string') signals.next({ type: 'bytes', bytes: utf8.encode(`${data}\n`) })
        }
        dialled.onclose = () => {
          signals.next(opened ? { type: 'closed' } : { type: 'failed', reason: sentence(url) })
          signals.complete()
        }
        return () => {
          clearTimeout(patience)
          dialled.onopen = dialled.onmessage = dialled.onclose = null
          dialled.close()
        }
      }),
      write(text) {
        if (socket?.readyState === WebSocket.OPEN) socket.send(text.trimEnd())
      },
      destroy: () => socket?.close(),
    }
  }

/** The same URL at another `HOST:PORT`. */
function at(home: string, address: string): string {
  const { protocol, pathname } = new URL(home)
  const url = `${protocol}//${address}${pathname}`
  return URL.canParse(url) ? url : home
}

const sentence = (url: string): string =>
  `${new URL(url).host} did not answer. Is the server running, and are you online?`
