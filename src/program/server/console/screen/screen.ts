/** The host's console as a drawn screen: the events, the members, and the prompt, with the same table of commands. */
import { unfinished } from '../../../../server/jobs/erasures.ts'
import { type ConsoleScene, consoleScene } from '../../../../tui/console/scene.ts'
import type { Overlay } from '../../../../tui/console/state.ts'
import { type TerminalScreen, takeTerminal } from '../../../../tui/stage/take-terminal.tsx'
import { type Ground, paletteOf } from '../../../../tui/text/palette.ts'
import { clockFace } from '../../../terminal/clock-face.ts'
import { type BannerFacts, joinCommand, joinLines, pageLink } from '../../start/banner.ts'
import { qrLines } from '../../start/qr.ts'
import { runLine } from '../commands/commands.ts'
import { completion } from '../commands/completion.ts'
import type { Console } from '../console.ts'
import { unfinishedLines } from '../erasure-lines.ts'
import { createHost, type Display, type HostedServer, shownOnce } from '../host.ts'
import { STOP_WARNING, tellingTheRoom } from '../suspension.ts'
import { foundOf } from './room-past.ts'
import { ScreenState } from './screen-state.ts'
import { createSeeking } from './search.ts'

/** `exit` stops the server. `quiet`: no events are shown, only answers to the host. */
export function openScreen(
  server: HostedServer,
  env: NodeJS.ProcessEnv,
  theme: Ground | null,
  exit: () => void,
  quiet: boolean,
): Console {
  const palette = paletteOf(env, theme)
  const screen = new ScreenState(server, quiet)
  let listening: BannerFacts | null = null
  let overlay: Overlay | null = null
  /** A command runs now. Output that comes later is laid over the screen. */
  let isRunning = false
  let stage: TerminalScreen | null = null
  let scene: ConsoleScene | null = null

  const display: Display = {
    print: line => screen.note(line, 'plain'),
    showWide(lines) {
      const wide: Overlay = { kind: 'wide', lines, from: 0 }
      if (isRunning) overlay = wide
      else scene?.lay(wide)
    },
    showFound(found) {
      screen.change({ found: foundOf(found) })
      scene?.lay({ kind: 'found', hit: 0 })
    },
    // Only over the screen: anybody who looks at the screen later can read the events.
    showSecret(what, secret, more) {
      const lines = shownOnce(what, secret, more)
      scene?.lay({ kind: 'wide', lines: () => lines, from: 0, once: true })
      screen.note(what, 'plain')
    },
    showLink(what, link) {
      scene?.lay({ ...pictureOf(link, `${what} The link is shown this one time only.`), once: true })
      screen.note(what, 'plain')
    },
    showCode() {
      overlay = listening && pictureOf(pageLink(listening), '')
    },
  }
  const pictureOf = (link: string, what: string): Overlay => ({
    kind: 'picture',
    ...{ lines: qrLines(link, palette.ground === 'light'), link, what },
  })
  const host = createHost(server, display, () => listening, exit)

  const seeking = createSeeking(
    server,
    screen.state$,
    message => scene?.select(message),
    why => screen.note(why, 'error'),
  )

  function run(line: string): Overlay | null {
    overlay = null
    isRunning = true
    runLine(host, line)
    isRunning = false
    return overlay
  }

  return {
    open(at) {
      listening = at
      screen.change({ address: joinCommand(at) })
      scene = consoleScene(screen.state$, {
        face: clockFace,
        now: Date.now,
        complete: before => completion(before, host.state()),
        run,
        ...seeking,
        warn: () => screen.note(STOP_WARNING, 'error'),
        stop: exit,
      })
      stage = takeTerminal(scene, palette, { around: tellingTheRoom(server) })
      stage.failed.catch(exit)
      for (const line of [...welcome(at), ...unfinishedLines(unfinished(host.state()))]) screen.note(line, 'plain')
      screen.watchPeople()
    },
    log: text => (stage ? screen.note(text.trimEnd(), 'error') : process.stderr.write(text)),
    close() {
      screen.close()
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
