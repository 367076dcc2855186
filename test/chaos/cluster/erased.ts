/** A message is deleted while all is well; its words are then looked for in all files of nodes and brokers, as bytes. */
import { spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Cluster } from './cluster.ts'
import type { Watcher } from './watcher.ts'

/** The files in which they are. */
export function filesWith(words: string, folder: string): readonly string[] {
  const { stdout } = spawnSync('grep', ['-rlaF', words, folder], { encoding: 'utf8' })
  return stdout.split('\n').filter(line => line !== '')
}

export type Erasure = {
  /** Files of the nodes in which the words were when their deletion was shown. */
  readonly inNodes: readonly string[]
  /** Files of the brokers, likewise. */
  readonly inBrokers: readonly string[]
  /** Files of anybody in which they are at the end. */
  readonly left: readonly string[]
  /** Seconds after the deletion until they were in no file; or, if they still are, until the run looked last. */
  readonly seconds: number
}

/** Says something, deletes it, and looks as soon as all nodes have shown that it's deleted. */
export async function erase(
  { nodes, brokers }: Cluster,
  watchers: readonly Watcher[],
): Promise<{ readonly end: (waits: boolean) => Promise<Erasure> }> {
  const words = `erase-${randomUUID()}`
  const [author] = watchers
  if (!author) throw new Error('nobody is there')
  const target = await author.say(words)
  await Promise.all(watchers.map(({ hears }) => hears('the words', one => one.type === 'said' && one.text === words)))
  author.delete(target)
  await Promise.all(
    watchers.map(({ hears }) => hears('the deletion', one => one.type === 'deleted' && one.target === target)),
  )
  const from = performance.now()
  const inNodes = nodes.flatMap(({ directory }) => filesWith(words, directory))
  const inBrokers = brokers.flatMap(({ folder }) => filesWith(words, folder))
  const everywhere = (): readonly string[] => [
    ...nodes.flatMap(({ directory }) => filesWith(words, directory)),
    ...brokers.flatMap(({ folder }) => filesWith(words, folder)),
  ]
  return {
    async end(waits) {
      let left = everywhere()
      while (waits && left.length > 0 && performance.now() - from < MOST_MS) {
        await sleep(LOOK_MS)
        left = everywhere()
      }
      return { inNodes, inBrokers, left, seconds: Math.round((performance.now() - from) / 1000) }
    },
  }
}

const LOOK_MS = 2000
/** How long the run waits for the brokers at most. */
const MOST_MS = 300_000
