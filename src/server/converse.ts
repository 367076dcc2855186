/**
 * One connection, served: what comes from it, from the clock and from the room passes its mailbox; the behaviour in
 * conversation.ts says what follows; here it is done. Whoever subscribes owns the connection.
 */
import { Observable } from 'rxjs'
import { behave } from '../actor/behaviour.ts'
import { mailbox } from '../actor/mailbox.ts'
import { closingText, type ErrorCode } from '../model/error.ts'
import type { Body, Draft, SessionId } from '../model/input.ts'
import { HANDSHAKE_MS } from '../model/limits.ts'
import type { State } from '../model/state.ts'
import type { Clock } from '../port/clock.ts'
import type { Entropy } from '../port/entropy.ts'
import type { History } from '../port/history.ts'
import type { Connection } from '../port/transport.ts'
import type { Spoken } from '../transport/sniff.ts'
import { originOf, type Trusts } from '../transport/trust.ts'
import type { Admission } from './admission.ts'
import { answerQuery } from './answer-query.ts'
import { deletion } from './deletion.ts'
import type { Gate, Refusal } from './gate.ts'
import { Link } from './link.ts'
import { type Note, refused as noteRefused, peerOf } from './note.ts'
import type { Seats } from './seat.ts'
import type { Conversation, Deed, Heard, Manners } from './talk/conversation.ts'
import { conversing, firstWords } from './talk/converse.ts'
import { NOT_SERVED, refusalIn } from './turn-away.ts'

/** What a connection needs of the server around it. */
export type House = {
  readonly clock: Clock
  readonly entropy: Entropy
  readonly seats: Seats
  readonly admission: Admission
  /** All connections, for the host's eyes. */
  readonly roster: Set<Link>
  readonly manners: Manners
  readonly gate: Gate
  /** Whose word about an address is taken. */
  readonly trusts: Trusts
  /** Milliseconds that a lost session keeps its place. */
  readonly grace: number
  readonly draft: (session: SessionId, n: number | null, body: Body, text: string | null) => Draft
  readonly state: () => State
  readonly history: History
  /** Takes the text of this input out of everything that is stored. Rejects if it could not; the host is told. */
  readonly erase: (target: number) => Promise<void>
  /** Calls `run` when all inputs so far have been folded. */
  readonly settled: (run: () => void) => void
  /** The server is about to stop. */
  readonly closing$: Observable<void>
  readonly report: (error: unknown) => void
  readonly note: (note: Note) => void
}

/** The body of a deletion that is only to be answered again. */
const NOTHING: Body = { type: 'delete', target: 0, room: null, members: [], everyone: false }

/** The inputs that a connection brings. Completes when it is gone; never errors. */
export const converse = (connection: Connection, house: House): Observable<Draft> =>
  new Observable<Draft>(inputs => {
    const { clock, entropy, seats, admission } = house
    const box = mailbox<Heard>()
    const via = entropy.id()
    const vouched = house.trusts(connection.address)
    const link = new Link(connection, clock, notice => {
      if (notice.type === 'fell-behind') house.note({ type: 'gave-up', ...peerOf(link), code: 'too-slow' })
      box.post({ type: 'notice', notice, now: clock.elapsed() })
    })
    let admitted = false
    /** What waits while something is being erased: numbers are used in order. */
    let held: Deed[] | null = null
    let late = (): void => {}
    let unsniff = (): void => {}
    let unbeat = (): void => {}
    house.roster.add(link)
    house.note({ type: 'connected', address: connection.address })
    knock()

    const acting = box.messages$
      .pipe(behave<Conversation, Heard, Deed>(firstWords(vouched), conversing(house.manners), house.report))
      .subscribe({ next: ({ effects }) => effects.forEach(attempt), complete: () => inputs.complete() })
    const leaving = house.closing$.subscribe(() => box.post({ type: 'farewell' }))
    const listening = connection.signals$.subscribe(signal => {
      unsniff()
      if (signal.type === 'bytes') link.heardAt = clock.now()
      if (signal.type === 'secured') knock()
      if (signal.type === 'upgraded') comeFrom(originOf(link.address, signal.forwarded, house.trusts))
      box.post({ type: 'signal', signal, now: clock.elapsed() })
    })

    const seq = (): number => house.state().seq
    const submit = (session: SessionId, n: number | null, body: Body, text: string | null): void =>
      inputs.next(house.draft(session, n, body, text))

    /** What goes wrong on one connection ends that one, and is reported. */
    function attempt(deed: Deed): void {
      if (held !== null) return void held.push(deed)
      try {
        carryOut(deed)
      } catch (error) {
        house.report(error)
        connection.destroy()
      }
    }

    function carryOut(deed: Deed): void {
      switch (deed.do) {
        case 'speak':
          link.encoding = deed.codec.encoding
          return house.note({ type: 'spoke', address: link.address, protocol: link.encoding.protocol })
        case 'sniff-after':
          unsniff = clock.alarm(deed.ms, () => box.post({ type: 'silence', ms: deed.ms, now: clock.elapsed() }))
          return
        case 'enter':
          return enter(deed)
        case 'resume':
          return resume(deed)
        case 'submit':
          return submit(deed.session, deed.n, deed.body, deed.text)
        case 'query':
          return house.settled(() => answer(deed))
        case 'delete':
          return erase(deed)
        case 'refuse': {
          const { n, code, detail } = deed
          house.note(noteRefused(link, code))
          return house.settled(() => link.answer({ type: 'rejected', at: clock.now(), n, code, detail }, seq()))
        }
        case 'answer':
          return house.settled(() => link.answer(deed.outgoing, seq()))
        case 'pong':
          return house.settled(() => link.answer({ type: 'pong', id: deed.id, seq: seq() }, seq()))
        case 'help':
          return house.settled(() => link.answer({ type: 'help', at: clock.now() }, seq()))
        case 'ping':
          return link.answer({ type: 'ping', seq: seq() }, seq())
        case 'beat-after':
          unbeat = clock.alarm(deed.ms, () => box.post({ type: 'beat', now: clock.elapsed() }))
          return
        case 'measured':
          link.roundTrip = deed.roundTrip
          return
        case 'hand-on':
          return handOn(deed.spoken, deed.bytes)
        case 'came-from':
          return comeFrom(deed.address)
        case 'turn-away':
          return turnAway(deed.spoken, closingText(deed.why, NOT_SERVED))
        case 'give-up':
          house.note({ type: 'gave-up', ...peerOf(link), code: deed.code })
          return link.giveUp(deed.code, clock.now())
        case 'farewell':
          link.answer({ type: 'closed', at: clock.now(), code: 'shutdown', detail: '' }, seq())
          link.finish('shutdown')
          return link.flush()
        case 'conclude':
          return house.settled(() => {
            link.finish()
            link.flush()
          })
        case 'writable':
          return link.writable()
        case 'detach':
          house.roster.delete(link)
          return detach(deed.session)
        case 'lost':
          return lost(deed.session)
      }
    }

    /**
     * HTTP is bounded by its own timeouts; the place among those without a name is for who is to give one. Who shakes
     * hands for TLS will be, and has as long for it as for a name.
     */
    function handOn(spoken: Spoken, bytes: Uint8Array): void {
      if (!connection.handOn(spoken, bytes)) return turnAway(spoken, NOT_SERVED)
      if (spoken !== 'tls') late()
      if (house.trusts(link.address)) admission.settled(link.address, connection)
      else admission.visit(link.address, connection, () => link.cut())
    }

    function turnAway(spoken: Spoken, why: string): void {
      connection.write(refusalIn(spoken, why))
      connection.end()
    }

    /**
     * Without a name still, or again. Too many such from one address: at once and without a word, since one that may
     * linger would take its place. All come from the same proxy, so a bound for it would be one for all.
     */
    function knock(): void {
      late()
      late = clock.alarm(HANDSHAKE_MS, () => box.post({ type: 'late' }))
      if (!house.trusts(link.address)) admission.knock(link.address, connection, () => link.cut())
    }

    function comeFrom(address: string): void {
      admission.settled(link.address, connection)
      link.address = address
      knock()
    }

    function enter({ name, room, history, password }: Extract<Deed, { do: 'enter' }>): void {
      if (!passes(password) || !admit(false)) return
      link.history = history
      const protocol = link.encoding?.protocol ?? 'line'
      link.token = link.encoding?.resumes ? entropy.secret() : null
      seats.expect(via, link)
      const token = link.token === null ? null : entropy.digest(link.token)
      submit(via, null, { type: 'hello', name, room, protocol, token }, null)
    }

    /** Who has the token of a session has given the password before. */
    function resume({ resumption, history, enter, password }: Extract<Deed, { do: 'resume' }>): void {
      const token = entropy.digest(resumption.token)
      const { tokens, sessions } = house.state()
      if (!tokens.has(token) && enter !== null && !passes(password)) return
      if (!admit(enter === null || sessions.has(tokens.get(token) ?? ''))) return
      link.history = history
      link.resumption = resumption
      link.token = resumption.token
      const protocol = link.encoding?.protocol ?? 'native'
      seats.expect(via, link)
      submit(via, null, { type: 'resume', token, enter: enter && { ...enter, protocol } }, null)
    }

    /** Of a past that cannot be read the asker is told, and the host; the connection stays. */
    function answer({ session, n, query }: Extract<Deed, { do: 'query' }>): void {
      const [state, at] = [house.state(), clock.now()]
      try {
        link.answer(answerQuery(query, { state, history: house.history, session, n, at }), seq())
      } catch (error) {
        house.report(error)
        link.answer({ type: 'rejected', at, n, code: 'internal', detail: '' }, seq())
      }
    }

    /**
     * Looked up when all before it is settled; the input that says so is only given when the text is gone. Whatever else
     * comes meanwhile waits, since numbers are used in order.
     */
    function erase(deed: Extract<Deed, { do: 'delete' }>): void {
      const { session, n } = deed
      held = []
      const goOn = (next: Deed): void => {
        const waiting = held ?? []
        held = null
        for (const one of [next, ...waiting]) attempt(one)
      }
      const refuse = (code: ErrorCode, detail = ''): void => goOn({ do: 'refuse', n, code, detail })
      house.settled(() => {
        try {
          const last = house.state().sessions.get(session)?.last ?? 0
          // A repeat: the reducer answers it again, and nothing more is deleted.
          if (n !== null && n <= last) return goOn({ do: 'submit', session, n, body: NOTHING, text: null })
          const found = deletion(house.history, house.state(), session, deed)
          if (!found.ok) return refuse(found.code, found.detail)
          const { target, body } = found
          house.erase(target).then(
            () => goOn({ do: 'submit', session, n, body, text: null }),
            () => refuse('storage'),
          )
        } catch (error) {
          house.report(error)
          refuse('internal')
        }
      })
    }

    function passes(password: string | null): boolean {
      const refused = house.gate(link.address, password, clock.elapsed())
      return refused === null || keepOut(refused)
    }

    function admit(back: boolean): boolean {
      const refused = admitted ? null : admission.enter(link.address, back)
      if (refused) return keepOut(refused)
      admitted = true
      admission.settled(link.address, connection)
      return true
    }

    function keepOut(refused: Refusal): false {
      house.note(noteRefused(link, refused.code))
      link.answer({ type: 'rejected', at: clock.now(), n: null, ...refused }, seq())
      link.notify({ type: 'refused' })
      return false
    }

    function lost(session: SessionId | null): void {
      link.dispose()
      detach(session)
      box.close()
    }

    function detach(session: SessionId | null): void {
      seats.forget(via, session, link)
      if (session === null) return
      const until = link.encoding?.resumes ? clock.now() + house.grace : null
      submit(session, null, { type: 'lost', via, until }, null)
    }

    // From here on silence is waited for too: nothing may ever come from a person with nc.
    box.post({ type: 'silence', ms: 0, now: clock.elapsed() })

    return () => {
      acting.unsubscribe()
      listening.unsubscribe()
      leaving.unsubscribe()
      late()
      unsniff()
      unbeat()
      house.roster.delete(link)
      house.note({ type: 'disconnected', ...peerOf(link), ms: clock.now() - link.since })
      link.dispose()
      admission.settled(link.address, connection)
      if (admitted) admission.leave(link.address)
    }
  })
