/**
 * Whether a program and all that it has started are asleep, so that they are done with their input. Only Linux tells,
 * in /proc. A program that waits for the network or for a timer is asleep, too: nobody can know that it isn't done.
 */
import { readdirSync, readFileSync } from 'node:fs'

/**
 * Equal in two looks: nothing of the program has run between them. Null: something of it is awake. Undefined: this system
 * doesn't tell.
 */
export function sleepOf(pid: number): string | null | undefined {
  if (process.platform !== 'linux') return undefined
  const threads: string[] = []
  return allAsleep(pid, threads) ? threads.join() : null
}

/** Adds each thread with the number of times that it has run. */
function allAsleep(pid: number, threads: string[]): boolean {
  for (const task of tasksOf(pid)) {
    const folder = `/proc/${pid}/task/${task}`
    const status = textOf(`${folder}/status`)
    if (status === null) continue
    if (!SLEEPING.test(status)) return false
    threads.push(`${task}:${[...status.matchAll(SWITCHES)].map(([, count]) => count).join('+')}`)
    const children = (textOf(`${folder}/children`) ?? '').split(' ').filter(word => word !== '')
    if (!children.every(child => allAsleep(Number(child), threads))) return false
  }
  return true
}

/** Interruptible or idle sleep, a zombie, a dead or a stopped one (proc_pid_status(5)). */
const SLEEPING = /^State:\s+[SZXTtI]/m
const SWITCHES = /^(?:non)?voluntary_ctxt_switches:\s+(\d+)/gm

function tasksOf(pid: number): readonly string[] {
  try {
    return readdirSync(`/proc/${pid}/task`)
  } catch {
    return []
  }
}

function textOf(file: string): string | null {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return null
  }
}
