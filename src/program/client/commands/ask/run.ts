/**
 * Asks, and waits until the question has ended. The question has a key, so it's asked once however often it's sent. Its
 * outcome is asked for whenever its end may have been missed.
 */
import { resultIn } from '../../../../client/chat/questions/heard.ts'
import type { Client } from '../../../../client/session/connection.ts'
import { watchRoom } from '../../../../client/session/room-watch.ts'
import type { ErrorCode } from '../../../../model/error.ts'
import { QUESTION_MS } from '../../../../model/limits.ts'
import { ASKED_ROLES, type Result } from '../../../../model/question.ts'
import { SIGNALLED, type StandardStreams, unwritten } from '../../../terminal/output.ts'
import { tellOutages } from '../../plain/outage.ts'
import { exitOf, exitOfError, TIMED_OUT } from './exits.ts'
import { Overdue } from './overdue.ts'
import type { AskSettings } from './settings.ts'
import { noAnswerWords, nobodyWords, outcomeJson, outcomeLine, waitingWords } from './words.ts'

export type Asking = Omit<AskSettings, 'connection' | 'key'> & {
  readonly room: string
  readonly key: string
  /** Somebody may go on with the question after this process. */
  readonly isKept: boolean
  /** How long to ask again while the server can't store the question, in milliseconds; null: for ever. */
  readonly patience: number | null
}

export type Interrupt = 'SIGINT' | 'SIGTERM' | 'SIGHUP'

/** Calls `stop` for each signal. Returns a function that ends that. */
export type Interrupts = (stop: (signal: Interrupt) => void) => () => void

/** As for a message that wasn't acknowledged. */
const NOT_ASKED = 6

/** The server's own trouble, which passes. */
const PASSING: ReadonlySet<ErrorCode> = new Set(['storage', 'outcome-unknown', 'busy'])
const AGAIN_MS = 1000

/** How long after its end the server may take to tell that a question has ended, in milliseconds. */
const SLACK_MS = 30_000

/** How long the server has to take leave once the outcome is known, in milliseconds. */
const FAREWELL_MS = 2000

const SECOND_MS = 1000

/** Resolves with the exit code. */
export function runAsk(
  client: Client,
  asking: Asking,
  { output, errors }: Pick<StandardStreams, 'output' | 'errors'>,
  interrupts: Interrupts,
): Promise<number> {
  const { room, question, choices, to, timeout, key, json, isKept, patience } = asking
  const complain = (text: string): void => void errors.write(`rxchat: ${text}\n`)
  let seq: number | null = null
  let [isStopped, isWaiting, isTold] = [false, false, false]
  /** Null: the question is open, as far as is known. */
  let exit: number | null = null
  let timer: NodeJS.Timeout | undefined
  /** Since when the server hasn't been able to store it. */
  let unwellAt: number | null = null
  const over = Promise.withResolvers<number>()
  const overdue = new Overdue(client, SLACK_MS, {
    look: () => {
      if (seq !== null) looked = look(seq)
    },
    silent: () => fail(TIMED_OUT, 'nobody answered in time, as far as is known: the server does not say how it ended.'),
  })
  /** The commands whose outcomes are waited for. */
  let asked = ask()
  let looked: number | null = null

  function ask(): number {
    const options = { ...(to !== undefined && { to }), ...(timeout !== undefined && { timeout }) }
    return client.ask({
      ...{ type: 'say', room, text: question, action: false },
      ask: { kind: 'ask', choices: [...choices], key, ...options },
    })
  }

  function leave(code: number): void {
    if (exit !== null) return
    exit = code
    client.leave()
    overdue.stop()
    clearTimeout(timer)
    timer = setTimeout(hangUp, FAREWELL_MS)
  }

  /** It's over without an outcome. */
  function fail(code: number, why: string): void {
    if (exit !== null || isStopped || isTold) return
    complain(why)
    leave(code)
  }

  /** A client that is closed has no further status. */
  function hangUp(): void {
    client.close()
    end(exit ?? SIGNALLED)
  }

  function end(code: number): void {
    heed()
    overdue.stop()
    clearTimeout(timer)
    over.resolve(code)
  }

  function conclude(number: number, result: Result): void {
    if (exit !== null || isStopped || isTold) return
    isTold = true
    const why = noAnswerWords(result)
    if (why !== null) complain(why)
    const text = json ? outcomeJson(asking, number, result) : outcomeLine(asking, result)
    // A reader that has gone away doesn't change the decision. A full disk does: nobody has the answer.
    if (text === '') leave(exitOf(result))
    else output.write(text, error => leave(error && unwritten(error) !== null ? exitOfError(1) : exitOf(result)))
  }

  function stop(signal: Interrupt): void {
    if (isStopped) process.exit(SIGNALLED)
    isStopped = true
    if (signal !== 'SIGINT' && isKept) return leave(SIGNALLED)
    if (client.status$.value.state === 'online') return withdraw()
    complain('the server is away, so the question stays open if it was asked.')
    leave(SIGNALLED)
    hangUp()
  }

  /** Once its number is known. */
  function withdraw(): void {
    if (seq === null) return
    client.ask({ type: 'close', seq, room })
    leave(SIGNALLED)
  }

  function askAgain(): void {
    asked = ask()
  }

  function maySucceed(code: ErrorCode): boolean {
    if (!PASSING.has(code) || exit !== null || isStopped) return false
    unwellAt ??= performance.now()
    return performance.now() < unwellAt + (patience ?? Number.POSITIVE_INFINITY)
  }

  /** Asks for the outcome of the question, or of an earlier one with the same key. */
  function look(number: number): number {
    return client.ask({ type: 'questions', room, seq: number })
  }

  client.outcome$.subscribe(outcome => {
    if (outcome.id !== asked && outcome.id !== looked) return
    // The key makes it harmless: there is one question, however often it's asked.
    const isForgotten = outcome.is === 'refused' && outcome.id === looked && outcome.code === 'question-unknown'
    if (outcome.is === 'unknown' || isForgotten) asked = ask()
    else if (outcome.is === 'refused' && maySucceed(outcome.code)) timer = setTimeout(askAgain, AGAIN_MS)
    else if (outcome.is === 'refused') {
      const hint = outcome.code === 'member-unknown' ? ` --to also takes a role: ${ASKED_ROLES.join(', ')}.` : ''
      complain(`${outcome.message}${hint}`)
      leave(isStopped ? SIGNALLED : exitOfError(NOT_ASKED))
    } else if (outcome.id === asked) {
      unwellAt = null
      seq = outcome.reply.type === 'ok' ? (outcome.reply.question ?? outcome.seq) : outcome.seq
      if (isStopped) withdraw()
      else {
        looked = look(seq)
        overdue.begin(timeout === undefined ? QUESTION_MS : timeout * SECOND_MS)
      }
    } else if (outcome.reply.type === 'questions' && seq !== null) {
      const found = outcome.reply.question
      const result = found ? resultIn(found) : null
      if (result) conclude(seq, result)
      else overdue.isOpen()
      if (found?.state === 'open' && !isWaiting && exit === null && !isStopped) {
        isWaiting = true
        complain(waitingWords(asking, seq))
        if (found.nobody) complain(nobodyWords(asking))
      }
    }
  })
  client.incoming$.subscribe(({ reply }) => {
    if (reply.type === 'concluded' && reply.target === seq) conclude(seq, reply)
    // Events of the meantime aren't repeated.
    if (reply.type === 'welcome' && seq !== null && (reply.gap || !reply.resumed)) looked = look(seq)
  })
  // Nobody outside of the room hears how the question ends.
  watchRoom(client, room, how => {
    fail(exitOfError(how.exit), seq === null ? how.message : `${how.message} Question ${seq} stays open.`)
  })
  tellOutages(client, complain)
  const heed = interrupts(stop)

  client.status$.subscribe(status => {
    if (status.state !== 'ended') return
    const { end: ending } = status
    if (exit === null && ending.by !== 'user') complain(ending.message)
    end(exit ?? (isStopped ? SIGNALLED : exitOfError(ending.exit)))
  })
  return over.promise
}
