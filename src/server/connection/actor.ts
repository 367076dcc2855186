/**
 * The actor of one connection. What comes from the peer, the clock and the room goes through its mailbox. behaviour.ts
 * decides which effects follow; they are carried out here or in effects/. The subscriber owns the connection.
 */
import { Observable } from 'rxjs'
import { behave } from '../../actor/behaviour.ts'
import { mailbox } from '../../actor/mailbox.ts'
import { closingText } from '../../model/error.ts'
import type { Draft, SessionId } from '../../model/input.ts'
import { LANE_ASK_BYTES } from '../../model/limits.ts'
import { judging } from '../../port/silence-alarm.ts'
import type { Connection } from '../../port/transport.ts'
import { originOf } from '../../transport/trust.ts'
import { Link } from '../delivery/link.ts'
import { peerOf } from '../observe/notes.ts'
import { conversing, firstWords } from './behaviour.ts'
import type { ConnectionContext, ServerContext } from './context.ts'
import { answering } from './effects/answers.ts'
import { erasing } from './effects/deletions.ts'
import { entering } from './effects/entry.ts'
import { arriving } from './effects/handshake.ts'
import { holding } from './effects/held-asks.ts'
import { pacing } from './effects/rates.ts'
import type { ConnectionMessage, ConnectionState, Effect } from './state.ts'
import { NOT_SERVED } from './turn-away.ts'

/** The inputs that a connection brings. Completes when it is gone; never errors. */
export const converse = (connection: Connection, server: ServerContext): Observable<Draft> =>
  new Observable<Draft>(inputs => {
    const { clock, registry } = server
    const box = mailbox<ConnectionMessage>()
    const via = server.entropy.id()
    const vouched = server.trusts(connection.address)
    const link = new Link(connection, clock, notice => {
      if (notice.type === 'fell-behind') server.note({ type: 'gave-up', ...peerOf(link), code: 'too-slow' })
      box.post({ type: 'notice', notice, now: clock.elapsed() })
    })
    const seq = (): number => server.state().seq
    const submit: ConnectionContext['submit'] = (...asked) => inputs.next(server.draft(...asked))
    const tell: ConnectionContext['tell'] = outgoing => link.answer(outgoing, seq())

    const context: ConnectionContext = { server, link, via, submit, tell }
    const handshake = arriving(context, () => box.post({ type: 'late' }))
    const pace = pacing(context)
    const { enter, resume, leave } = entering(context, pace)
    const held = holding(attempt)
    const { holds, hold, release } = held
    const { query, refuse, inTurn, goOn, stop } = answering(context, held)
    const erase = erasing(server, held, attempt)
    /** The last input before the ping that waits for its pong. */
    let asked = 0
    let unsniff = (): void => {}
    let unbeat = (): void => {}
    server.roster.add(link)
    server.note({ type: 'connected', address: connection.address })
    handshake.knock()

    const acting = box.messages$
      .pipe(
        behave<ConnectionState, ConnectionMessage, Effect>(
          firstWords(vouched),
          conversing(server.policy),
          server.report,
        ),
      )
      .subscribe({ next: ({ effects }) => effects.forEach(attempt), complete: () => inputs.complete() })
    const leaving = server.closing$.subscribe(() => box.post({ type: 'farewell' }))
    const listening = connection.signals$.subscribe(signal => {
      unsniff()
      if (signal.type === 'bytes') link.heard()
      if (signal.type === 'secured') handshake.knock()
      if (signal.type === 'upgraded') handshake.comeFrom(originOf(link.address, signal.forwarded, server.trusts))
      box.post({ type: 'signal', signal, now: clock.elapsed() })
    })

    function beat(): void {
      box.post({ type: 'beat', now: clock.elapsed(), keepsMuch: link.reader.kept > LANE_ASK_BYTES })
    }

    /** An error on one connection ends that connection, and is reported. */
    function attempt(effect: Effect): void {
      if (effect.type === 'lost' || effect.type === 'detach') stop()
      if (holds(effect)) return
      try {
        carryOut(pace.paced(effect))
      } catch (error) {
        server.report(error)
        connection.destroy()
      }
    }

    function carryOut(effect: Effect): void {
      switch (effect.type) {
        case 'speak':
          link.encoding = effect.codec.encoding
          return server.note({ type: 'spoke', address: link.address, protocol: link.encoding.protocol })
        case 'sniff-after':
          unsniff = judging(clock, effect.ms, () => box.post({ type: 'silence', ms: effect.ms, now: clock.elapsed() }))
          return
        case 'enter':
          return enter(effect)
        case 'resume':
          return resume(effect)
        case 'submit':
          if (effect.body.type === 'quit') return quit(effect)
          return submit(effect.session, effect.n, effect.body, effect.text)
        case 'query':
          return query(effect)
        case 'delete':
          return erase(effect)
        case 'refuse':
          return refuse(effect)
        case 'answer':
          return inTurn(() => effect.outgoing)
        case 'pong':
          return inTurn(() => ({ type: 'pong', id: effect.id, seq: seq() }))
        case 'help':
          return inTurn(() => ({ type: 'help', at: clock.now() }))
        case 'ping':
          asked = seq()
          return tell({ type: 'ping', seq: asked })
        case 'beat-after':
          unbeat = judging(clock, effect.ms, beat)
          return
        case 'measured':
          link.roundTrip = effect.roundTrip
          return link.reader.wasRead(asked)
        case 'hand-on':
          return handshake.handOn(effect.spoken, effect.bytes)
        case 'came-from':
          return handshake.comeFrom(effect.address)
        case 'turn-away':
          return handshake.turnAway(effect.spoken, closingText(effect.why, NOT_SERVED))
        case 'give-up':
          server.note({ type: 'gave-up', ...peerOf(link), code: effect.code })
          return link.giveUp(effect.code, clock.now())
        case 'farewell':
          tell({ type: 'closed', at: clock.now(), code: 'shutdown', detail: '' })
          link.finish('shutdown')
          return link.flush()
        case 'conclude':
          return server.settled(() => {
            link.finish()
            link.flush()
          })
        case 'writable':
          link.writable()
          return goOn()
        case 'detach':
          server.roster.delete(link)
          return detach(effect.session)
        case 'lost':
          return lost(effect.session)
      }
    }

    /** A client that quits gets all its answers first: nothing is written after the goodbye. */
    function quit({ session, n, body, text }: Extract<Effect, { type: 'submit' }>): void {
      hold()
      server.settled(() => release(() => submit(session, n, body, text)))
    }

    function lost(session: SessionId | null): void {
      link.dispose()
      detach(session)
      box.close()
    }

    function detach(session: SessionId | null): void {
      registry.forget(via, session, link)
      if (session === null) return
      const until = link.encoding?.resumes ? clock.now() + server.grace : null
      submit(session, null, { type: 'lost', via, until }, null)
    }

    // From here on the server also waits for silence: a person with nc may never send anything first.
    box.post({ type: 'silence', ms: 0, now: clock.elapsed() })

    return () => {
      acting.unsubscribe()
      listening.unsubscribe()
      leaving.unsubscribe()
      unsniff()
      unbeat()
      server.roster.delete(link)
      server.note({ type: 'disconnected', ...peerOf(link), ms: clock.now() - link.since })
      link.dispose()
      handshake.leave()
      leave()
    }
  })
