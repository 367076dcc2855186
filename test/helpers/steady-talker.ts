/** A native client that sends numbered lines as fast as they are acknowledged, and goes on after a restart. */
import { expect } from 'vitest'
import { dial } from './sockets.ts'

/** Lines that may wait for their answer at once. */
const WINDOW = 4

/** Characters of the latest answers that an error quotes. */
const MOST_ANSWERS = 2_000

type Reply = {
  readonly type: string
  readonly n?: number
  readonly seq?: number
  readonly text?: string
  readonly token?: string
  readonly epoch?: string
  readonly resumed?: boolean
  readonly code?: string
}

export class SteadyTalker {
  readonly name: string
  readonly acknowledged: string[] = []
  /** The messages it got, its own included. */
  readonly heard = new Set<string>()
  /** Commands refused because they could not be stored; their numbers are used up. */
  refused = 0
  readonly #noticed: () => void
  readonly #padding: string
  #unanswered = new Map<number, string>()
  #n = 0
  #session: { token: string; epoch: string; cursor: number } | null = null
  #isTalking = false
  #send = (_: object): void => {}

  /** `noticed` is called at each acknowledgement, delivery and refusal. */
  constructor(name: string, noticed: () => void, padding = '') {
    this.name = name
    this.#noticed = noticed
    this.#padding = padding
  }

  /**
   * Resolves when it is in the room. `ended` resolves when the connection is over and all that came has been handled.
   */
  async enter(port: number): Promise<{ readonly ended: Promise<void> }> {
    const { socket } = await dial(port)
    this.#isTalking = false
    this.#send = object => void socket.write(`${JSON.stringify(object)}\n`)
    const ended = new Promise<void>(resolve => void socket.once('close', () => resolve()))
    const welcome = new Promise<void>((resolve, reject) => {
      let [rest, answers] = ['', '']
      socket.on('data', (text: string) => {
        answers = (answers + text).slice(-MOST_ANSWERS)
        const lines = (rest + text).split('\n')
        rest = lines.pop() ?? ''
        for (const line of lines) this.#hear(JSON.parse(line) as Reply, resolve)
      })
      socket.once('close', () => {
        reject(new Error(`${this.name} was not let in. The server answered: ${answers || 'nothing'}`))
      })
    })
    this.#send({ type: 'hello', name: this.name, ...this.#session })
    await welcome
    return { ended }
  }

  /** Repeats unanswered commands with their numbers, then sends more. */
  talk(): void {
    this.#isTalking = true
    for (const [n, text] of this.#unanswered) this.#send({ type: 'say', n, text })
    while (this.#unanswered.size < WINDOW) this.#say()
  }

  /** Sends nothing more by itself. */
  hush(): void {
    this.#isTalking = false
  }

  ask(query: object): void {
    this.#send(query)
  }

  #say(): void {
    const n = ++this.#n
    const text = `${this.name} ${n} ${this.#padding}`
    this.#unanswered.set(n, text)
    this.#send({ type: 'say', n, text })
  }

  #hear(reply: Reply, welcomed: () => void): void {
    if (this.#session && reply.seq !== undefined) this.#session.cursor = reply.seq
    if (reply.type === 'welcome') {
      expect(reply.resumed, `${this.name} goes on in its session`).toBe(this.#session !== null)
      const { token = this.#session?.token ?? '', epoch = '', seq = 0 } = reply
      this.#session = { token, epoch, cursor: seq }
      welcomed()
    } else if (reply.type === 'said') {
      this.heard.add(reply.text ?? '')
      this.#noticed()
    } else if (reply.type === 'ok' || reply.code === 'storage') {
      this.#answered(reply)
    } else if (reply.type === 'rejected') {
      throw new Error(`${this.name}: ${JSON.stringify(reply)}`)
    }
  }

  #answered({ n = 0, type }: Reply): void {
    const text = this.#unanswered.get(n)
    if (text === undefined) return
    this.#unanswered.delete(n)
    if (type === 'ok') this.acknowledged.push(text)
    else this.refused += 1
    this.#noticed()
    if (this.#isTalking) this.#say()
  }
}
