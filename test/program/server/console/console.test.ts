/** The output of the host's console, and its handling of output that nobody reads. */
import { PassThrough } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { OUTPUT_MAX_BYTES, USERS_LISTED_MAX, USERS_SHOWN_MS } from '../../../../src/model/limits.ts'
import { initialState, type State } from '../../../../src/model/state.ts'
import { boundedOutput, droppedSentence } from '../../../../src/program/server/console/bounded-output.ts'
import { nodeTable } from '../../../../src/program/server/console/commands/node-table.ts'
import { statusElsewhere, statusTable } from '../../../../src/program/server/console/commands/report.ts'
import { shownOnce } from '../../../../src/program/server/console/host.ts'
import { peopleOf } from '../../../../src/program/server/console/screen/screen-state.ts'
import { usersNow } from '../../../../src/program/server/console/transcript.ts'
import { UserListing } from '../../../../src/program/server/console/user-listing.ts'
import type { NodeStatus } from '../../../../src/server/observe/node-status.ts'
import type { ConnectionStatus } from '../../../../src/server/observe/status.ts'
import { virtualClock } from '../../../helpers/virtual-clock.ts'

describe('[U11] output that nobody reads', () => {
  test('is dropped beyond a bound, and the reader is told how many lines are missing', async () => {
    const pipe = new PassThrough({ highWaterMark: 1024 })
    pipe.setEncoding('utf8')
    const write = boundedOutput(pipe, lines => `${droppedSentence(lines)}\n`)
    const line = `${'x'.repeat(1023)}\n`
    const lines = 3 * (OUTPUT_MAX_BYTES / line.length)
    for (let k = 0; k < lines; k++) write(line)
    expect(pipe.writableLength + pipe.readableLength).toBeLessThanOrEqual(OUTPUT_MAX_BYTES + 2 * line.length)
    let read = ''
    const told = new Promise<void>(resolve => {
      pipe.on('data', (text: string) => {
        read += text
        if (text.includes('nobody read')) resolve()
      })
    })
    await told
    const kept = read.split('\n').filter(one => one.startsWith('x')).length
    expect(read).toContain(`${lines - kept} lines were dropped here: nobody read the output.\n`)
    write('after it\n')
    await new Promise(setImmediate)
    expect(read.endsWith('the output.\nafter it\n')).toBe(true)
  })

  test('does not swallow the answer to the host, which is bounded too', () => {
    const pipe = new PassThrough({ highWaterMark: 1024 })
    const write = boundedOutput(pipe, lines => `${droppedSentence(lines)}\n`)
    const line = `${'x'.repeat(1023)}\n`
    for (let k = 0; k < 2 * (OUTPUT_MAX_BYTES / line.length); k++) write(line)
    const before = pipe.writableLength
    write('STATS: 1 input\n', true)
    expect(pipe.writableLength).toBe(before + 'STATS: 1 input\n'.length)
    for (let k = 0; k < 2 * (OUTPUT_MAX_BYTES / line.length); k++) write(line, true)
    expect(pipe.writableLength).toBeLessThanOrEqual(2 * OUTPUT_MAX_BYTES)
  })
})

describe('the list of users after a change', () => {
  const stateOf = (count: number): State => ({
    ...initialState,
    members: initialState.members.withMutations(members => {
      for (let k = 0; k < count; k++) members.set(`s${k}`, { name: { text: `member-${k}` } } as never)
    }),
  })

  test('is that of the original in a room that a host can see at a glance', () => {
    expect(usersNow(stateOf(2))).toBe('USERS: [Host,member-0,member-1]')
    expect(usersNow(stateOf(USERS_LISTED_MAX))).toContain('USERS: [Host,')
  })

  test('is their number in a larger one: a rename among 1,500 is two short lines', () => {
    expect(usersNow(stateOf(1500))).toBe('USERS: 1501. LIST_USERS lists them.')
  })

  test('comes at once, then at most once in its time, and after the last change', async () => {
    const clock = virtualClock()
    const shown: string[] = []
    const listing = new UserListing(lines => shown.push(...lines), clock.alarm)
    const change = (count: number, isOwn = false): void => void shown.push(...listing.changed(stateOf(count), isOwn))
    for (const count of [51, 52, 53]) change(count)
    expect(shown.splice(0)).toEqual([usersNow(stateOf(51))])
    await clock.advance(USERS_SHOWN_MS)
    expect(shown.splice(0)).toEqual([usersNow(stateOf(53))])
    change(54)
    expect(shown).toEqual([])
    await clock.advance(USERS_SHOWN_MS)
    expect(shown.splice(0)).toEqual([usersNow(stateOf(54))])
    await clock.advance(USERS_SHOWN_MS)
    change(1)
    change(0)
    expect(shown.splice(0)).toEqual([usersNow(stateOf(1))])
    change(3, true)
    expect(shown.splice(0)).toEqual([usersNow(stateOf(3))])
    change(0)
    listing.close()
    expect(shown.splice(0)).toEqual([usersNow(stateOf(0))])
    await clock.advance(USERS_SHOWN_MS)
    expect(shown).toEqual([])
  })
})

describe('the table of connections', () => {
  test('[R14] is of this server, and says how many sessions are at the others', () => {
    const session = (origin: string, member: string) => ({ origin, member }) as never
    const state: State = {
      ...initialState,
      sessions: initialState.sessions
        .set('s1', session('a', 'm1'))
        .set('s2', session('b', 'm1'))
        .set('s3', session('b', 'm2')),
      members: initialState.members
        .set('m1', { name: { text: 'Spider-Man' } } as never)
        .set('m2', { name: { text: '李' } } as never),
    }
    const nodes = ['c', 'a', 'b'].map(name => ({ name, isOwn: name === 'a' }))
    const all = () => true
    expect(statusElsewhere(nodes, state, all)).toEqual(['At other nodes: b 2, c 0. STATUS there shows more.'])
    expect(statusElsewhere(nodes, state, name => name === '李')).toEqual([
      'At other nodes: b 1, c 0. STATUS there shows more.',
    ])
    expect(statusElsewhere([], state, all)).toEqual([])
  })

  const one = (name: string, address: string): ConnectionStatus =>
    ({
      ...{ name, address, protocol: 'native', since: 0, heardAt: 0, roundTrip: 12, outstanding: 0, state: 'here' },
    }) as ConnectionStatus
  const table = (columns?: number): readonly string[] =>
    statusTable([one('田中', '2001:db8:85a3:8d3:1319:8a2e:370:7348')], 1000, () => '10:00:00', columns)

  test('stands whole at 100 columns, and is no wider than a narrower window', () => {
    expect(statusTable([one('Spider-Man', '192.168.178.20')], 1000, () => '10:00:00', 100)[1]).toMatch(
      /OUTSTANDING {2}STATE$/,
    )
    for (let columns = 20; columns <= 100; columns++) {
      for (const line of table(columns))
        expect(line.length).toBeLessThanOrEqual(Math.max(columns, 'CONNECTIONS: 1'.length))
    }
    expect(table()[1]).toMatch(/OUTSTANDING {2}STATE$/)
  })
})

test('a secret that is shown once stands alone on its line', () => {
  expect(shownOnce('HOOK 1: added.', 'rxhook_0')).toEqual([
    'HOOK 1: added. The next line shows its secret, this one time only:',
    'rxhook_0',
  ])
})

test('[I2] the list of people has a member with several sessions once, by the one that was heard last', () => {
  const one = (name: string, heardAt: number, more: Partial<ConnectionStatus> = {}): ConnectionStatus => ({
    ...{
      name,
      protocol: 'native',
      address: '-',
      since: heardAt,
      heardAt,
      roundTrip: null,
      outstanding: 0,
      state: 'here',
    },
    ...more,
  })
  const connections = () => [
    one('Spider-Man', 1),
    one('Mr.Blue', 2, { state: 'away' }),
    one('Spider-Man', 3, { protocol: 'line' }),
    one('Spider-Man', 9, { state: 'away' }),
    one('Mr.Blue', 4, { state: 'away' }),
  ]
  expect(peopleOf({ connections })).toEqual([
    { name: 'Spider-Man', protocol: 'line', since: 1, heardAt: 3, away: false },
    { name: 'Mr.Blue', protocol: 'native', since: 2, heardAt: 4, away: true },
  ])
})

describe('NODES', () => {
  const about = { run: 'r', address: '10.0.0.1:3001', version: '0.1.0', reads: 6, disks: {} }
  const others = { name: 'José', isOwn: false, isWarden: false, beatAge: 500, lag: null, state: 'here' } as const
  const nodes: readonly NodeStatus[] = [
    { ...about, name: 'b', isOwn: false, isWarden: false, beatAge: 7200, behind: 12, lag: null, state: 'silent' },
    { ...about, name: 'a', isOwn: true, isWarden: true, beatAge: 400, behind: null, lag: 2500, state: 'here' },
    {
      ...{ name: '7_of-9', run: 'r', address: null, version: null, reads: null, disks: {} },
      ...{ isOwn: false, isWarden: false },
      ...{ beatAge: null, behind: null, lag: null, state: 'silent' },
    },
  ]

  test('shows each server of the chat, the warden, and what is stored where', () => {
    expect(nodeTable(nodes, ['Stored: by 2 of 3 brokers.'])).toEqual([
      'NODES: 3',
      'NAME      STATE   WARDEN  LAST BEAT  BEHIND     VERSION  FORMAT  ADDRESS',
      '7_of-9    silent  -       -          -          -        -       -',
      'a (this)  here    yes     0.4 s      2.5 s      0.1.0    6       10.0.0.1:3001',
      'b         silent  -       7.2 s      12 inputs  0.1.0    6       10.0.0.1:3001',
      'Stored: by 2 of 3 brokers.',
    ])
  })

  test('counts inputs in words', () => {
    const behind = (inputs: number) => nodeTable([{ ...about, ...others, behind: inputs }], [])[2]
    expect(behind(0)).toMatch(/here +- +0.5 s +- +0/)
    expect(behind(1)).toContain(' 1 input ')
    expect(behind(2)).toContain(' 2 inputs ')
  })

  test('leaves out what is least needed, until it fits', () => {
    for (const line of nodeTable(nodes, [], 50)) expect(line.length).toBeLessThanOrEqual(50)
    expect(nodeTable(nodes, [], 50)[1]).toBe('NAME      STATE   WARDEN  LAST BEAT  BEHIND')
  })

  test('says that a server is alone', () => {
    expect(nodeTable([], [])).toEqual(['This server is alone. See --nats for several.'])
  })
})
