/** The host's console as a drawn screen: the events, the members, and the prompt, with the same table of commands. */
import { BehaviorSubject } from 'rxjs'
import { newConversation } from '../../../../client/chat/conversation/conversation.ts'
import { type Entry, insert, lastSeq, ownPlace } from '../../../../client/chat/conversation/timeline.ts'
import type { Server } from '../../../../server/server.ts'
import { type ConsoleScene, consoleScene } from '../../../../tui/console/scene.ts'
import { type ConsoleState, erasedFrom, type Overlay, type Person } from '../../../../tui/console/state.ts'
import { type TerminalScreen, takeTerminal } from '../../../../tui/stage/take-terminal.tsx'
import { type Ground, paletteOf } from '../../../../tui/text/palette.ts'
import { clockFace } from '../../../terminal/clock-face.ts'
import { type BannerFacts, codeLines, joinCommand, joinLines } from '../../start/banner.ts'
import { runLine } from '../commands/commands.ts'
import { completion } from '../commands/completion.ts'
import type { Console } from '../console.ts'
import { createHost, type Display, shownOnce } from '../host.ts'
import { STOP_WARNING, tellingTheRoom } from '../suspension.ts'
import { entriesOf, note as noteEntry } from './live-entries.ts'
import { foundOf } from './room-past.ts'
import { createSeeking } from './search.ts'

/** How often the list of members is updated, in milliseconds. */
const PEOPLE_MS = 1000

/** `exit` stops the server. `quiet`: no events are shown, only answers to the host. */
export function openScreen(
  server: Server,
  env: NodeJS.ProcessEnv,
  theme: Ground | null,
  exit: () => void,
  quiet: boolean,
): Console {
  const palette = paletteOf(env, theme)
  const state$ = new BehaviorSubject<ConsoleState>({
    life: newConversation('#life'),
    past: null,
    found: null,
    here: 0,
    people: [],
    address: '',
    startedAt: Date.now(),
  })
  let listening: BannerFacts | null = null
  let overlay: Overlay | null = null
  let stage: TerminalScreen | null = null
  let scene: ConsoleScene | null = null
  let looking: NodeJS.Timeout | undefined

  const change = (by: Partial<ConsoleState>): void => state$.next({ ...state$.value, ...by })
  const add = (entry: Entry): void => {
    const { life } = state$.value
    change({ life: { ...life, timeline: insert(life.timeline, [entry]) } })
  }
  const note = (line: string, tone: 'plain' | 'error'): void => {
    const { timeline } = state$.value.life
    add(noteEntry(ownPlace(timeline, Date.now(), Math.max(host.state().seq, lastSeq(timeline))), line, tone))
  }

  const display: Display = {
    print: line => note(line, 'plain'),
    showWide(lines) {
      overlay = { kind: 'wide', lines, from: 0 }
    },
    showFound(found) {
      change({ found: foundOf(found) })
      scene?.lay({ kind: 'found', hit: 0 })
    },
    // Among the events too, in case the host closes the overlay too soon.
    showSecret(what, secret) {
      const lines = shownOnce(what, secret)
      scene?.lay({ kind: 'wide', lines: () => lines, from: 0 })
      for (const line of lines) note(line, 'plain')
    },
    showCode() {
      const lines = listening && codeLines(listening, palette.ground === 'light')
      overlay = lines && { kind: 'picture', lines }
    },
  }
  const host = createHost(server, display, () => listening, exit)

  const seeking = createSeeking(
    server,
    state$,
    message => scene?.select(message),
    why => note(why, 'error'),
  )

  function run(line: string): Overlay | null {
    overlay = null
    runLine(host, line)
    return overlay
  }

  const hearing = server.outbound$.subscribe(step => {
    const entries = quiet ? [] : entriesOf(step, server.isOwn(step))
    for (const entry of entries) add(entry)
    for (const { event } of step.events) {
      if (event.type === 'deleted') state$.next(erasedFrom(state$.value, event.target))
    }
    const here = host.state().members.size
    if (state$.value.here !== here) change({ here })
  })

  const look = (): void => change({ people: peopleOf(server) })

  return {
    open(at) {
      listening = at
      change({ address: joinCommand(at) })
      scene = consoleScene(state$, {
        face: clockFace,
        now: Date.now,
        complete: before => completion(before, host.state()),
        run,
        ...seeking,
        warn: () => note(STOP_WARNING, 'error'),
        stop: exit,
      })
      stage = takeTerminal(scene, palette, tellingTheRoom(server))
      stage.failed.catch(exit)
      for (const line of welcome(at)) note(line, 'plain')
      look()
      looking = setInterval(look, PEOPLE_MS)
    },
    log: text => (stage ? note(text.trimEnd(), 'error') : process.stderr.write(text)),
    close() {
      clearInterval(looking)
      hearing.unsubscribe()
      const over = stage?.giveBack() ?? Promise.resolve()
      stage = null
      void over.then(() => {
        process.stdin.destroy()
        process.stdout.write('The server has stopped.\n')
      })
    },
  }
}

const welcome = (at: BannerFacts): readonly string[] => [
  'Join',
  ...joinLines(at).map(line => `  ${line}`),
  ...(at.password ? ['A password is required.'] : []),
  ...(at.fingerprint === null ? [] : [`Certificate ${at.fingerprint}`]),
  'QR shows a code for phones, HELP lists the commands.',
]

const peopleOf = (server: Server): readonly Person[] =>
  server
    .connections()
    .flatMap(({ name, protocol, since, heardAt, state }) =>
      name === null ? [] : [{ name, protocol: protocol ?? '', since, heardAt, away: state === 'away' }],
    )
