/** The host console: it carries out the host's commands one after another, and answers the host's queries. */
import type { Outgoing } from '../../codec/codec.ts'
import type { Command, MessageCommand, Query } from '../../model/command.ts'
import { type Body, HOST_SESSION } from '../../model/input.ts'
import type { State } from '../../model/state.ts'
import type { Step } from '../../model/step.ts'
import type { Clock } from '../../port/clock.ts'
import type { History } from '../../port/history.ts'
import { isHost } from '../../reducer/may.ts'
import type { Trusts } from '../../transport/trust.ts'
import { answerQuery } from '../delivery/answers/answer-query.ts'
import type { Tries } from '../delivery/answers/query-context.ts'
import type { SessionRegistry } from '../delivery/sessions.ts'
import { inForce } from '../ingress/in-force.ts'
import { attaching, isAttached, type Saying } from '../ingress/targets/attaching.ts'
import { changing } from '../ingress/targets/changing.ts'
import { deletion } from '../ingress/targets/deletion.ts'
import type { KeptTexts } from '../ingress/texts.ts'
import { vetUnnumbered } from '../ingress/vetting/vet-unnumbered.ts'
import type { Refused } from '../ingress/vetting/vetted.ts'
import type { UnderWay } from './under-way.ts'

export type HostConsole = {
  /** A command of the host. Returns the refusal if it is certain to be refused; otherwise null, and steps follow. */
  readonly host: (command: Command) => Refused | null
  /** A query of the host. Rejects if the history is damaged. */
  readonly ask: (query: Query) => Promise<Outgoing>
  /** Whether a step follows from an input of this host. Several servers on one journal have a console each. */
  readonly isOwn: (step: Step) => boolean
  /** Calls `run` when all commands so far have been carried out. */
  readonly settled: (run: () => void) => void
}

type Deps = {
  /** The name of this server in its journal. */
  readonly origin: string
  readonly history: History
  readonly texts: KeptTexts
  readonly tries: Tries
  readonly clock: Clock
  readonly state: () => State
  /** The sessions of this server, which have the addresses of its connections. */
  readonly registry: SessionRegistry
  /** The proxies that are trusted to report a client's address. */
  readonly trusts: Trusts
  /** Submits an input in the host's name. */
  readonly submit: (body: Body, text?: string | null) => void
  /**
   * Erases a text from everything that is stored. If that fails, it rejects; the failure has then been reported as
   * trouble.
   */
  readonly erase: (...targets: readonly number[]) => Promise<void>
  readonly underWay: UnderWay
}

const CHANGES: ReadonlySet<Command['type']> = new Set(['edit', 'react', 'pin', 'answer', 'close', 'finish'] as const)

const isChange = (command: Command): command is MessageCommand => CHANGES.has(command.type)

export function createHostConsole({
  origin,
  history,
  texts,
  tries,
  clock,
  state,
  registry,
  trusts,
  submit,
  erase,
  underWay,
}: Deps): HostConsole {
  function hostDeletes(command: Extract<Command, { type: 'delete' }>): Refused | null {
    const found = deletion(history, state(), HOST_SESSION, command)
    if (!found.ok) return found
    // A failure has been reported as trouble already.
    underWay.add(erase(...found.targets).then(() => submit(found.body)))
    return null
  }

  /** The host may edit its messages at any time. */
  function hostChanges(command: MessageCommand): Refused | null {
    const asking = { history, state: state(), session: HOST_SESSION, now: clock.now() }
    const vetted = changing(command, { ...asking, editTime: Number.POSITIVE_INFINITY })
    if (!vetted.ok) return vetted
    const known = inForce(asking.state, vetted)
    if (!known.ok) return known
    submit(known.body, known.text)
    return null
  }

  function hostAnswers(command: Saying): Refused | null {
    const vetted = attaching(command, { history, state: state(), session: HOST_SESSION })
    const known = vetted.ok ? inForce(state(), vetted) : vetted
    if (!known.ok) return known
    submit(known.body, known.text)
    return null
  }

  /** An async function, so it rejects on damaged history even if `answerQuery` throws at once. */
  async function answer(query: Query): Promise<Outgoing> {
    return answerQuery(query, {
      state: state(),
      history,
      session: HOST_SESSION,
      n: null,
      at: clock.now(),
      ...texts,
      tries,
    })
  }

  return {
    host(command) {
      if (command.type === 'delete') return hostDeletes(command)
      if (isChange(command)) return hostChanges(command)
      if ((command.type === 'say' || command.type === 'tell') && isAttached(command)) return hostAnswers(command)
      const vetted = vetUnnumbered(command, HOST_SESSION, { state, registry, trusts, texts })
      if (!vetted.ok) return vetted
      submit(vetted.body, vetted.text)
      return null
    },
    ask(query) {
      const answered = answer(query)
      // A trial takes long, and no command waits for it.
      if (query.type !== 'try') underWay.add(answered)
      return answered
    },
    isOwn: step => isHost(step.session) && step.origin === origin,
    settled: underWay.settled,
  }
}
