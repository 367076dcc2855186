/** The program of a bot under test: a process group of its own, and the moment when it is done with its input. */
import { spawn } from 'node:child_process'
import { setTimeout as delay } from 'node:timers/promises'
import { sleepOf } from './process-tree.ts'

export type Program = ReturnType<typeof startProgram>

/** The end of its stderr that is kept, in characters. */
const SAID_KEPT = 2000

/** A program that doesn't come to rest for so long is taken to run away, in milliseconds. */
const RESTLESS_MS = 10_000

/** If nothing says whether a program sleeps, it has to be silent for so long. */
const BLIND_MS = 60
/** There, it has so long to start. */
const BLIND_START_MS = 1500

/** How much longer than usual a bot has to be silent before it is disturbed. */
const CAREFUL_TIMES = 20

/** How long it may take to end, in milliseconds. */
const PATIENCE_MS = 2000

/** `isOver`: nobody needs to know any more when it's done. */
export function startProgram(command: string, quiet: number, settle: () => Promise<void>, isOver: () => boolean) {
  const child = spawn(command, { shell: true, detached: true, stdio: ['pipe', 'pipe', 'pipe'] })
  let said = ''
  let hasEnded = false
  let isWelcome = true
  let toldAt = performance.now()
  let active = toldAt
  const stir = (): void => {
    active = performance.now()
  }
  child.stdin.on('error', () => {})
  child.stdout.on('data', stir)
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-SAID_KEPT)
    stir()
  })
  const ended = new Promise<number | null>(resolve => {
    child.on('error', () => {
      hasEnded = true
      resolve(127)
    })
    child.on('close', code => {
      // Also processes that it has started and left behind. Later, its number may be that of another program.
      kill()
      hasEnded = true
      process.off('exit', atExit)
      resolve(code)
    })
  })

  function kill(signal: NodeJS.Signals = 'SIGKILL'): void {
    if (hasEnded || child.pid === undefined) return
    try {
      process.kill(-child.pid, signal)
    } catch {
      // It has ended already.
    }
  }
  // Nothing of it outlives the lab.
  const atExit = (): void => kill()
  process.on('exit', atExit)

  /** Resolves with whether it has come to rest. */
  async function rest(careful = false): Promise<boolean> {
    const silence = careful ? Math.max(quiet, 1) * CAREFUL_TIMES : quiet
    /** The sleep that the last look has found. Output from before that has been read by this one. */
    let before: string | null = null
    while (!hasEnded && !isOver()) {
      await delay(1)
      await settle()
      const now = performance.now()
      if (now - toldAt > RESTLESS_MS + silence) return false
      const silent = now - Math.max(active, toldAt)
      const sleep = child.pid === undefined ? '' : sleepOf(child.pid)
      const blind = sleep === undefined ? (isWelcome ? BLIND_START_MS : BLIND_MS) : 0
      const isSilent = silent >= Math.max(silence, blind)
      if (isSilent && (sleep === undefined || (sleep !== null && sleep === before))) {
        isWelcome = false
        return true
      }
      before = isSilent ? (sleep ?? null) : null
    }
    return true
  }

  return {
    stdin: child.stdin,
    stdout: child.stdout,
    ended,
    hasEnded: () => hasEnded,
    said: () => said.trim(),
    stir,
    tell(text: string) {
      toldAt = performance.now()
      child.stdin.write(text)
    },
    told() {
      toldAt = performance.now()
    },
    rest,
    kill,
    /** Closes its stdin, after `signal` if there is one, and kills it if it doesn't end. */
    async end(signal?: NodeJS.Signals) {
      child.stdin.end()
      if (signal) kill(signal)
      const impatient = setTimeout(kill, PATIENCE_MS)
      const code = await ended
      clearTimeout(impatient)
      return code
    },
  }
}
