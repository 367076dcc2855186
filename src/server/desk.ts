/** The host's desk: what is asked at the console, one after another, and what the host wants to know. */
import type { Outgoing } from '../codec/codec.ts'
import type { Command, Query } from '../model/command.ts'
import { type Body, HOST_SESSION } from '../model/input.ts'
import type { State } from '../model/state.ts'
import type { Clock } from '../port/clock.ts'
import type { History } from '../port/history.ts'
import { answerQuery } from './answer-query.ts'
import { deletion } from './deletion.ts'
import { type Refused, vet } from './vet.ts'

export type Desk = {
  /** What the host asks, at the console. What is certain to be refused is returned; else null, and steps follow. */
  readonly host: (command: Command) => Refused | null
  /** What the host wants to know. Rejects on a damaged past. */
  readonly ask: (query: Query) => Promise<Outgoing>
  /** Calls `run` when all that was asked so far has been carried out. */
  readonly settled: (run: () => void) => void
}

type Surroundings = {
  readonly history: History
  readonly clock: Clock
  readonly state: () => State
  /** Gives an input in the host's name. */
  readonly submit: (body: Body, text?: string | null) => void
  /** Takes a text out of everything that is stored; rejects if it could not, which is told as trouble already. */
  readonly erase: (target: number) => Promise<void>
  /** Calls `run` when all inputs so far have been folded. */
  readonly settled: (run: () => void) => void
}

export function createDesk({ history, clock, state, submit, erase, settled }: Surroundings): Desk {
  /** What of the host's own takes its time; `settled` waits for it. */
  let underWay: Promise<unknown> | null = null

  function wait(work: Promise<unknown>): void {
    const over = work
      // Whoever asked is told.
      .catch(() => {})
      .finally(() => {
        if (underWay === over) underWay = null
      })
    underWay = over
  }

  function hostDeletes(command: Extract<Command, { type: 'delete' }>): Refused | null {
    const found = deletion(history, state(), HOST_SESSION, command)
    if (!found.ok) return found
    // What goes wrong is told as trouble already.
    wait(erase(found.target).then(() => submit(found.body)))
    return null
  }

  /** Rejects on a damaged past, whether that is seen at once or later. */
  async function answer(query: Query): Promise<Outgoing> {
    return answerQuery(query, { state: state(), history, session: HOST_SESSION, n: null, at: clock.now() })
  }

  return {
    host(command) {
      if (command.type === 'delete') return hostDeletes(command)
      const vetted = vet(command)
      if (!vetted.ok) return vetted
      submit(vetted.body, vetted.text)
      return null
    },
    ask(query) {
      const answered = answer(query)
      wait(answered)
      return answered
    },
    settled: run => (underWay === null ? settled(run) : void underWay.then(() => settled(run))),
  }
}
