/**
 * `rxchat --live`: the input, or the output of a program, as a message that grows. The program runs to its end even if
 * the chat fails, and has its exit code.
 */
import type { Client } from '../../../client/session/connection.ts'
import { sizeText } from '../../../codec/said-lines.ts'
import { LIVE_MAX_BYTES } from '../../../model/limits.ts'
import { flatten } from '../../../model/text.ts'
import { systemClock } from '../../../transport/clock.ts'
import { SIGNALLED, type StandardStreams } from '../../terminal/output.ts'
import { tellOutages } from '../plain/outage.ts'
import { watchEnd } from './end-watch.ts'
import { LiveOutput, type OutputEnd } from './live-output.ts'
import { inputSource, onSignals, programOf, type Source } from './program.ts'

export type LiveWish = {
  /** Null: the command, or `output`. */
  readonly title: string | null
  /** Empty: the input is read. */
  readonly command: readonly string[]
}

/** The exit code if the message isn't in the chat, or not all of it. */
const NOT_STORED = 6

/** Characters of a title that is made of a command. */
const TITLE_MAX_CHARS = 200

type Streams = StandardStreams & { readonly errors: { readonly isTTY?: boolean } }

export class LiveRun {
  readonly #wish: LiveWish
  readonly #errors: Streams['errors']
  readonly #source: Source
  readonly #begunAt = systemClock.elapsed()
  readonly #offSignals: () => void
  #output: LiveOutput | null = null
  #client: Client | null = null
  #end: OutputEnd | null = null
  #isInterrupted = false
  /** Output from before there was a chat. */
  #early: Buffer[] = []
  #why: string | null = null
  readonly #ended: Promise<number | null>

  constructor(wish: LiveWish, { input, output, errors }: Streams, isTerminal: boolean) {
    this.#wish = wish
    this.#errors = errors
    const complain = (text: string): void => this.#complain(text)
    this.#source =
      wish.command.length === 0 ? inputSource(input) : programOf(wish.command, { output, errors, isTerminal, complain })
    this.#ended = this.#source.ended.then(status => this.#ending(status))
    this.#offSignals = onSignals(signal => this.#onSignal(signal))
    if (wish.command.length > 0) this.#source.read(bytes => this.#hear(bytes))
  }

  get title(): string {
    const { title, command } = this.#wish
    return title ?? (flatten(command.join(' ')).slice(0, TITLE_MAX_CHARS) || 'output')
  }

  /** Resolves with the exit code of the chat. */
  talk(client: Client, room: string, byToken: boolean): Promise<number> {
    this.#client = client
    let [failed, exit] = [false, NOT_STORED]
    let message: number | null = null
    const wish = { room, title: this.title, byToken }
    const output = new LiveOutput(client, systemClock, wish, {
      begun: seq => {
        message = seq
        if (this.#errors.isTTY) this.#complain(`live as message ${seq}`)
      },
      drained: () => this.#source.resume(),
      over: why => {
        if (why !== null) {
          failed = true
          this.#fails(why)
        } else if (output.dropped > 0) this.#tellDropped(output.dropped)
        client.leave()
      },
    })
    this.#output = output
    for (const bytes of this.#early.splice(0)) output.write(bytes)
    if (this.#wish.command.length === 0) this.#source.read(bytes => this.#hear(bytes))
    else this.#source.resume()
    if (this.#end) output.finish(this.#end)
    tellOutages(client, text => this.#complain(text))
    const over = (why: string, code = NOT_STORED): void => {
      // The end that a signal asks for is told as an interruption, too.
      if (failed || this.#isInterrupted) return
      exit = code
      output.close(why)
    }
    watchEnd(client, { room, seq: () => message, over })
    let hasBegun = false
    return new Promise(resolve => {
      client.status$.subscribe(status => {
        if (!hasBegun && (status.state === 'online' || (byToken && status.state !== 'ended'))) {
          hasBegun = true
          output.begin()
        }
        if (status.state !== 'ended') return
        const { end } = status
        if (end.by !== 'user') this.#why ??= end.message
        output.close(this.#why ?? 'The chat is over.')
        resolve(end.exit === 0 && failed ? exit : end.exit)
      })
    })
  }

  /** The exit code of all: that of the program, if there is one. `exit`: of the chat. */
  async exitCode(exit: number): Promise<number> {
    this.#output ??= null
    if (this.#wish.command.length > 0) {
      this.#fails(exit === 0 ? null : (this.#why ?? 'The chat could not be entered.'))
      this.#source.resume()
      const status = await this.#ended
      this.#offSignals()
      return status ?? exit
    }
    this.#offSignals()
    return exit
  }

  #hear(bytes: Buffer): boolean {
    if (this.#output) return this.#output.write(bytes)
    if (this.#isWithout) return true
    this.#early.push(bytes)
    return false
  }

  /** The chat failed. The program goes on without it. */
  #isWithout = false
  #fails(why: string | null): void {
    if (why === null || this.#isWithout) return
    this.#isWithout = true
    this.#early = []
    this.#complain(`the output is not in the chat, or not all of it: ${flatten(why)}`)
    this.#source.resume()
  }

  #ending(status: number | null): number | null {
    const ms = Math.round(systemClock.elapsed() - this.#begunAt)
    this.#end = { status, ms, ...(this.#isInterrupted && { interrupted: true }) }
    this.#output?.finish(this.#end)
    return status
  }

  /** A program gets it. A reader of the input has no more to say: a second signal doesn't wait. */
  #onSignal(signal: NodeJS.Signals): void {
    if (this.#source.signal(signal)) return
    if (this.#isInterrupted || this.#client?.status$.value.state !== 'online') process.exit(SIGNALLED)
    this.#isInterrupted = true
    this.#ending(null)
  }

  #tellDropped(bytes: number): void {
    this.#complain(
      `the last ${sizeText(bytes)} are not in the chat: a live message has at most ${sizeText(LIVE_MAX_BYTES)}.`,
    )
  }

  #complain(text: string): void {
    this.#errors.write(`rxchat: ${text}\n`)
  }
}
