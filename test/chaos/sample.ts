/** The state of a server at one moment, from its console and from the system. */
import { readFileSync } from 'node:fs'
import type { Fixture } from './fixture.ts'

/**
 * `outstanding`: bytes of the one write that a stopped reader has not taken. `rss`: of the server's process, in KiB.
 */
export type Sample = {
  readonly when: string
  readonly rss: number
  readonly readers: readonly { readonly outstanding: number; readonly state: string }[]
  /** The server's STATS line. */
  readonly stats: string
}

export async function takeSample(
  fixture: Fixture,
  when: string,
  of: readonly { readonly name: string }[],
): Promise<Sample> {
  const lines = await fixture.ask('STATUS\nSTATS', /^STATS: /)
  const rows = of.map(({ name }) => lines.find(line => line.startsWith(`${name} `)) ?? '')
  return {
    when,
    rss: residentKiB(fixture.pid),
    readers: rows.map(row => ({
      outstanding: Number(/ (\d+) B /.exec(row)?.[1] ?? 0),
      state: row === '' ? 'gone' : (/\S+$/.exec(row)?.[0] ?? ''),
    })),
    stats: lines.at(-1) ?? '',
  }
}

const residentKiB = (pid: number): number =>
  Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1])
