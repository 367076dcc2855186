/** `… | rxchat` in a process of its own: it sends its lines and ends. Only its exit code tells their outcome. */
import { run } from './process.ts'
import type { Fate, Testimony } from './record.ts'
import { writeTalk } from './talk.ts'
import type { Address } from './talker.ts'

export type Pipe = {
  readonly say: (bytes: number) => void
  /** Ends the input. Resolves with the exit code. */
  readonly end: () => Promise<unknown>
  readonly testimony: () => Testimony
}

export function pipe(name: string, address: Address): Pipe {
  const texts: string[] = []
  let code: unknown = null
  const { type, hush, ended } = run('rxchat', [address, '--name', name], () => {})
  return {
    say(bytes) {
      const text = writeTalk({ author: name, n: texts.length + 1, place: '#lobby' }, bytes)
      texts.push(text)
      type(text)
    },
    async end() {
      hush()
      code = await ended
      return code
    },
    testimony: () => ({
      name,
      said: texts.map(text => ({ text, fate: fateBy(code) })),
      acknowledged: [],
      heard: [],
      since: new Map(),
      members: [],
    }),
  }
}

/** 3: there was no server when it connected, so it never was in the room. */
function fateBy(code: unknown): Fate {
  switch (code) {
    case 0:
      return 'done'
    case 3:
      return 'never sent'
    default:
      return 'unanswered'
  }
}
