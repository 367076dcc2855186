// Pictures in a terminal: cells, sequences, and which are fetched at all.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { BehaviorSubject } from 'rxjs'
import { describe, expect, onTestFinished, test } from 'vitest'
import { PICTURE_FETCHED_MAX_BYTES, PICTURES_DRAWN_MAX } from '../../../src/model/limits.ts'
import { createPictures } from '../../../src/program/client/pictures.ts'
import { reachTcp } from '../../../src/transport/webhook/http-request.ts'
import { cellsFor, pictureLines } from '../../../src/tui/pictures/cells.ts'
import { mayDraw, QUESTION, sent } from '../../../src/tui/pictures/kitty.ts'
import { pngSize } from '../../../src/tui/pictures/png.ts'
import { lineWidest } from '../../../src/tui/text/line.ts'
import { paint } from '../../../src/tui/text/palette.ts'

/** The first bytes of a PNG of this size, and as many more. */
function png(width: number, height: number, more = 0): Buffer {
  const bytes = Buffer.alloc(24 + more)
  bytes.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52])
  bytes.writeUInt32BE(width, 16)
  bytes.writeUInt32BE(height, 20)
  return bytes
}

describe('the cells of a picture', () => {
  test.each([
    [8, 16, 1, 1],
    [320, 192, 40, 12],
    [4000, 3000, 32, 12],
    [10_000, 10, 40, 1],
    [10, 10_000, 1, 12],
    [1, 1, 1, 1],
  ])('of %i by %i pixels are %i by %i', (width, height, columns, rows) => {
    expect(cellsFor(width, height)).toEqual({ columns, rows })
  })

  test('are as many columns as they say, and carry the picture’s number in their colour even without colours', () => {
    const lines = pictureLines({ id: 0x01_02_03, columns: 7, rows: 3 })
    expect(lines).toHaveLength(3)
    for (const line of lines) expect(lineWidest(line)).toBe(7)
    for (const depth of ['none', '16', 'true'] as const) {
      expect(paint(lines[0] ?? [], { depth, ground: 'dark' })).toContain('\u{1b}[38;2;1;2;3m\u{10EEEE}\u0305\u0305')
    }
    expect(lines[2]?.[0]?.text.startsWith('\u{10EEEE}\u030E\u0305')).toBe(true)
  })
})

describe('the sequences of a picture', () => {
  test('are pieces in order, of which the first says what it is and the last that it is the last', () => {
    const bytes = png(10, 10, 7000)
    const pieces = sent(bytes, { id: 5, columns: 4, rows: 2 })
    expect(pieces.length).toBeGreaterThan(1)
    const read = pieces.map(piece => /^_G([^;]*);([A-Za-z0-9+/=]*)$/.exec(piece.replace(/\p{Cc}|\\$/gu, '')) ?? [])
    expect(read[0]?.[1]).toBe('a=T,U=1,q=2,f=100,i=5,c=4,r=2,m=1')
    expect(read.map(([, keys = '']) => keys.endsWith('m=1'))).toEqual(pieces.map((_, k) => k < pieces.length - 1))
    expect(Buffer.from(read.map(([, , data]) => data).join(''), 'base64')).toEqual(bytes)
  })

  test('are for terminals that have placeholders, and not through tmux', () => {
    expect(mayDraw({ TERM: 'xterm-kitty' })).toBe(true)
    for (const TERM of ['xterm-256color', 'tmux-256color', 'screen', 'linux', undefined])
      expect(mayDraw({ TERM })).toBe(false)
    expect(QUESTION).toContain('a=q')
  })

  test('need a PNG', () => {
    expect(pngSize(png(640, 480))).toEqual({ width: 640, height: 480 })
    expect(pngSize(Buffer.from('<svg onload="alert(1)"/>'.padEnd(30)))).toBeNull()
    expect(pngSize(png(1, 1).subarray(0, 20))).toBeNull()
  })
})

describe('pictures of messages', () => {
  /** A server with these files, the requests to it, and the terminal's output. */
  async function served(files: Readonly<Record<string, Buffer>>) {
    const asked: string[] = []
    const written: string[] = []
    const server = createServer((request, response) => {
      asked.push(request.url ?? '')
      const file = files[request.url ?? '']
      response.writeHead(file ? 200 : 404).end(file)
    })
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void server.close())
    const { port } = server.address() as AddressInfo
    const can$ = new BehaviorSubject(true)
    const pictures = createPictures({
      ...{ can$, host: `127.0.0.1:${port}` },
      reach: async () => reachTcp('127.0.0.1', port),
      write: sequence => void written.push(sequence),
    })
    return { pictures, asked, written, can$ }
  }

  const file = (id: string, size = 100, kind: 'image/png' | 'image/jpeg' = 'image/png') =>
    ({ id, kind, size, url: `/files/${id}/shot.png` }) as const

  /** Resolves when the terminal has one more. */
  const drawn = (pictures: Awaited<ReturnType<typeof served>>['pictures'], id: string): Promise<void> =>
    new Promise(resolve => {
      const watching = pictures.changed$.subscribe(() => {
        if (!pictures.find(file(id))) return
        queueMicrotask(() => watching.unsubscribe())
        resolve()
      })
    })

  test('are fetched once, handed to the terminal, and forgotten at the end', async () => {
    const { pictures, asked, written } = await served({ '/files/a/shot.png': png(80, 32) })
    expect(pictures.find(file('a'))).toBeNull()
    await drawn(pictures, 'a')
    expect(pictures.find(file('a'))).toEqual({ id: 1, columns: 10, rows: 2 })
    expect(asked).toEqual(['/files/a/shot.png'])
    pictures.dispose()
    expect(written.at(-1)).toContain('a=d,d=I')
  })

  test('are not fetched before the terminal says that it draws them, nor if they are large or of another kind', async () => {
    const { pictures, asked, can$ } = await served({ '/files/a/shot.png': png(8, 16), '/files/z/shot.png': png(8, 16) })
    can$.next(false)
    expect(pictures.find(file('a'))).toBeNull()
    can$.next(true)
    expect(pictures.find(file('b', PICTURE_FETCHED_MAX_BYTES + 1))).toBeNull()
    expect(pictures.find(file('c', 100, 'image/jpeg'))).toBeNull()
    await drawn(pictures, 'z')
    expect(asked).toEqual(['/files/z/shot.png'])
  })

  test('that are no PNG, decode to too much, are larger than they say, or are gone are asked for once', async () => {
    const files = {
      '/files/svg/shot.png': Buffer.from('<svg/>'.padEnd(40)),
      '/files/bomb/shot.png': png(40_000, 40_000),
      '/files/huge/shot.png': png(8, 16, PICTURE_FETCHED_MAX_BYTES),
      '/files/z/shot.png': png(8, 16),
    }
    const { pictures, asked, written } = await served(files)
    for (let time = 0; time < 2; time++) {
      for (const id of ['svg', 'bomb', 'huge', 'gone']) expect(pictures.find(file(id))).toBeNull()
      if (time === 0) await drawn(pictures, 'z')
    }
    expect(asked.toSorted()).toEqual(['bomb', 'gone', 'huge', 'svg', 'z'].map(id => `/files/${id}/shot.png`))
    expect(written).toHaveLength(1)
  })

  test('under a name that is no valid path are asked for as one', async () => {
    const { pictures, asked } = await served({ '/files/z/shot.png': png(8, 16) })
    expect(pictures.find({ ...file('odd'), url: '/files/odd/a b\r\n\u{1b}日本.png' })).toBeNull()
    expect(pictures.find(file('z'))).toBeNull()
    await drawn(pictures, 'z')
    expect(asked).toEqual(['/files/odd/a%20b%1B%E6%97%A5%E6%9C%AC.png', '/files/z/shot.png'])
  })

  test('are at most so many: the one that was not drawn for the longest time goes', async () => {
    const ids = Array.from({ length: PICTURES_DRAWN_MAX + 1 }, (_, k) => `f${k}`)
    const { pictures, written } = await served(
      Object.fromEntries(ids.map(id => [`/files/${id}/shot.png`, png(8, 16)] as const)),
    )
    for (const id of ids) await drawn(pictures, id)
    expect(written.filter(sequence => sequence.includes('a=d'))).toHaveLength(1)
    expect(pictures.find(file('f0'))).toBeNull()
  })
})
