/** The people in the pictures: native clients, some with accounts and faces, and their messages. */
import { connect } from 'node:net'
import type { Page } from 'playwright-core'
import { drawn } from './drawings.ts'

export type Person = {
  /** Resolves with the answer. */
  readonly send: (fields: object) => Promise<{ readonly seq: number }>
  /** Resolves with the id of the file. */
  readonly upload: (name: string, bytes: Buffer) => Promise<string>
}

/** Each thing that it asks is waited for. */
export async function enter(port: number, name: string, room?: string): Promise<Person> {
  const socket = connect(port, '127.0.0.1').setEncoding('utf8')
  let heard = ''
  let look = (): void => {}
  socket.on('data', (text: string) => {
    heard += text
    look()
  })
  const line = (what: RegExp): Promise<string> =>
    new Promise(resolve => {
      look = () => {
        // The text after the last line break isn't whole yet.
        const found = heard
          .split('\n')
          .slice(0, -1)
          .find(one => what.test(one))
        if (found !== undefined) resolve(found)
      }
      look()
    })
  socket.write(`${JSON.stringify({ type: 'hello', name, ...(room ? { room } : {}) })}\n`)
  const { token } = JSON.parse(await line(/"type":"welcome"/)) as { readonly token: string }
  await line(/"type":"room"/)
  let n = 0
  return {
    async send(fields) {
      n++
      socket.write(`${JSON.stringify({ ...fields, n })}\n`)
      const answer = await line(new RegExp(`^\\{"type":"(ok|rejected)","n":${n},`))
      if (answer.startsWith('{"type":"rejected"')) throw new Error(`${JSON.stringify(fields)}: ${answer}`)
      return JSON.parse(answer) as { readonly seq: number }
    },
    async upload(file, bytes) {
      const answer = await fetch(`http://127.0.0.1:${port}/files?name=${encodeURIComponent(file)}`, {
        method: 'POST',
        headers: { Authorization: `Session ${token}` },
        body: new Uint8Array(bytes),
      })
      const { id } = (await answer.json()) as { readonly id?: string }
      if (id === undefined) throw new Error(`The upload of ${file} was answered with ${answer.status}.`)
      return id
    },
  }
}

const NAMES = ['ada', 'Grace', 'Zoë', 'linus', 'مريم'] as const

type Line = {
  readonly who: number
  readonly text: string
  /** The line that it answers. */
  readonly answers?: number
  /** A drawing that goes with it. */
  readonly shows?: boolean
}

const LINES: readonly Line[] = [
  { who: 0, text: 'Morning! The migration ran through in the night, all green.' },
  { who: 1, text: 'Lovely. How long did it take in the end?' },
  { who: 0, text: '41 minutes. Most of that was the index on `messages`.', answers: 1 },
  { who: 0, text: 'Numbers are in https://wiki.example.org/migrations/2026-11 for whoever wants them.' },
  { who: 2, text: 'Καλημέρα! This is what it looks like from the harbour today', shows: true },
  {
    who: 1,
    text: 'One thing: the job that prunes old rows still has the old path. This should do:\n```sh\nrxchat-server export --redact --from 1042 \\\n  | jq -c \'select(.type == "said")\' > day.ndjson\n```\nWho can try it on staging?',
  },
  { who: 3, text: 'I can, right after **stand-up**.', answers: 5 },
  { who: 4, text: 'صباح الخير، سأراجع السجلات بعد قليل' },
  { who: 3, text: 'Ran it. 12,403 lines, none with a text in it.' },
]

/** The reactions to each line, with their authors. */
const REACTIONS: readonly (readonly [line: number, emoji: string, whose: readonly number[]])[] = [
  [0, '🎉', [1, 2, 3]],
  [0, '🚀', [2]],
  [4, '😍', [0, 1, 3, 4]],
  [8, '👍', [0, 1]],
]

/** `page`: where pictures are drawn. */
export async function people(port: number, page: Page): Promise<readonly Person[]> {
  const all: Person[] = []
  for (const name of NAMES) all.push(await enter(port, name))
  for (const name of ['ci', 'logs']) await enter(port, name)
  const [ada] = all
  // Ada and Zoë have accounts with pictures, so that a picture shows faces of both kinds.
  for (const who of [0, 2]) {
    await all[who]?.send({ type: 'register', password: 'correct horse battery' })
    const file = await all[who]?.upload('me.png', await drawn(page, { width: 256, height: 256, hue: 20 + 75 * who }))
    await all[who]?.send({ type: 'picture', file })
  }
  await ada?.send({ type: 'topic', room: 'lobby', topic: 'Release 1.4 on Thursday. Be kind, write tests.' })
  const seqs: number[] = []
  for (const { who, text, answers, shows } of LINES) {
    const one = all[who]
    const id = shows && (await one?.upload('harbour.png', await drawn(page, { width: 640, height: 300, hue: 205 })))
    const reply = answers === undefined ? {} : { reply: seqs[answers] }
    const said = await one?.send({
      type: 'say',
      text,
      ...reply,
      ...(id ? { files: [{ id, name: 'harbour.png' }] } : {}),
    })
    seqs.push(said?.seq ?? 0)
  }
  for (const [line, emoji, whose] of REACTIONS)
    for (const who of whose) await all[who]?.send({ type: 'react', seq: seqs[line], emoji })
  return all
}
