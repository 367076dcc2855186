/**
 * Things that nodes leave for one another under names: states, files. The pieces of one are stored first, then its
 * description, so a reader finds it whole, or an earlier one.
 */
import { randomUUID } from 'node:crypto'
import { BROKER_ANSWER_MS, STATE_PIECE_BYTES } from '../../model/limits.ts'
import type { SharedStates } from '../replicated/stream/stream.ts'
import { published } from './append.ts'
import type { Brokers } from './connection/connection.ts'
import { latestOf, readDirectly } from './direct.ts'
import type { ObjectSubjects } from './names.ts'
import { request } from './requests.ts'

/** `storing` names the subject of the pieces; the first one is at place `first` or later. */
type Description = { readonly storing: string; readonly first: number; readonly bytes: number }

/** Pieces that a broker sends at once. */
const PIECES_AT_ONCE = 16
const NAMES_AT_ONCE = 1000

export function sharedStates(brokers: Brokers, subjects: ObjectSubjects): SharedStates {
  const { stream, description, pieces } = subjects
  const purge = (filter: string): Promise<unknown> =>
    brokers.whileUp(request(brokers.nats, `STREAM.PURGE.${stream}`, { filter }, BROKER_ANSWER_MS))

  const describedAfter = (place: number) =>
    readDirectly(brokers, stream, { seq: place + 1, batch: NAMES_AT_ONCE, next_by_subj: subjects.descriptions })

  async function describe(name: string): Promise<Description | null> {
    const found = await latestOf(brokers, stream, description(name))
    return found && (JSON.parse(Buffer.from(found.data).toString('utf8')) as Description)
  }

  async function* piecesOf(name: string, { storing, first, bytes }: Description): AsyncGenerator<Uint8Array> {
    let [seq, left] = [first, bytes]
    while (left > 0) {
      const wanted = { seq, batch: PIECES_AT_ONCE, next_by_subj: pieces(name, storing) }
      const found = await readDirectly(brokers, stream, wanted)
      if (found.length === 0) throw new Error(`a piece of ${name} is missing in ${stream}`)
      for (const { place, data } of found) {
        seq = place + 1
        left -= data.length
        yield data
      }
    }
  }

  return {
    async list() {
      const names: string[] = []
      // In pages: of 1,025 subjects or more, a broker doesn't give the latest at once. There's one description of each here.
      for (let page = await describedAfter(0); page.length > 0; page = await describedAfter(page.at(-1)?.place ?? 0)) {
        names.push(...page.map(({ subject }) => subjects.nameIn(subject)))
      }
      return names.sort()
    },
    async get(name) {
      const described = await describe(name)
      return described && piecesOf(name, described)
    },
    async put(name, content) {
      const before = await describe(name)
      const storing = randomUUID()
      let [first, bytes] = [0, 0]
      for await (const piece of content) {
        for (let from = 0; from < piece.length; from += STATE_PIECE_BYTES) {
          const part = piece.subarray(from, from + STATE_PIECE_BYTES)
          const { seq } = await published(brokers, pieces(name, storing), part)
          first ||= seq
          bytes += part.length
        }
      }
      const described: Description = { storing, first, bytes }
      await published(brokers, description(name), JSON.stringify(described), { 'Nats-Rollup': 'sub' })
      if (before) await purge(pieces(name, before.storing))
    },
    async delete(name) {
      await purge(description(name))
      await purge(`${description(name)}.>`)
    },
  }
}
