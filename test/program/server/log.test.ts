/** The log: its lines for programs and for people, and how much of it strangers can cause. */
import { describe, expect, test } from 'vitest'
import { LOG_BURST, LOG_PER_SECOND } from '../../../src/model/limits.ts'
import { LOG_LEVELS } from '../../../src/program/cli/server-settings.ts'
import { type LogLine, listening, ofTrouble, started, stopped, stopping } from '../../../src/program/server/log/line.ts'
import { openLog } from '../../../src/program/server/log/log.ts'
import { ofNote } from '../../../src/program/server/log/note-line.ts'

type Level = (typeof LOG_LEVELS)[number]

/** A log into memory, at a time that stands still until it is set. */
function logOf(level: Level, isTTY = false) {
  const written: string[] = []
  const clock = { now: 0 }
  const log = openLog(level, { write: text => written.push(text), isTTY }, () => clock.now)
  return { log, clock, written, objects: () => written.map(line => JSON.parse(line)) }
}

const refused = ofNote({
  type: 'refused',
  address: '192.0.2.1',
  protocol: 'native',
  code: 'server-full',
  entering: true,
})
const ofLevel = (level: LogLine['level']): LogLine => ({ level, event: level, message: 'it happened', fields: {} })

test.each(LOG_LEVELS.map((level, at) => ({ level, most: at })))(
  '[O5] $level tells what is that grave, and nothing less',
  ({ level, most }) => {
    const { log, objects } = logOf(level)
    const levels = LOG_LEVELS.filter(one => one !== 'off')
    for (const one of levels) log(ofLevel(one))
    expect(objects().map(line => line.level)).toEqual(levels.slice(most))
  },
)

test('[O5] a line is JSON, with its time, its level, its event and a sentence', () => {
  const { log, written, objects } = logOf('info')
  log(listening('::', 3001))
  expect(written[0]).toMatch(/^\{.*\}\n$/)
  const [line] = objects()
  expect(line).toEqual({
    level: 'info',
    time: line.time,
    event: 'listening',
    host: '::',
    port: 3001,
    message: 'listening',
  })
  expect(new Date(line.time).toISOString()).toBe(line.time)
})

test('[O5] on a terminal it reads as a sentence, with a stack below it where there is one', () => {
  const { log, written } = logOf('info', true)
  log(refused)
  log(ofTrouble({ type: 'internal', error: Object.assign(new Error('oh'), { stack: 'Error: oh\n    at here' }) }))
  expect(written.map(line => line.replace(/^\d\d:\d\d:\d\d/, '[time]'))).toEqual([
    '[time] INFO  refused to admit: server-full (refused, address 192.0.2.1, protocol native, code server-full)\n',
    '[time] ERROR oh (internal)\n    at here\n',
  ])
})

test('a text with line breaks in it stays one line', () => {
  const { log, written } = logOf('info')
  log(ofTrouble({ type: 'storage', drafts: [], error: new Error('one\ntwo\u001b[31m') }))
  expect(written[0]?.match(/\n/g)).toHaveLength(1)
  expect(written[0]).not.toContain('\u001b')
  const seen = logOf('info', true)
  seen.log(ofTrouble({ type: 'storage', drafts: [], error: new Error('one\ntwo\u001b[31m') }))
  expect(seen.written[0]?.match(/\n/g)).toHaveLength(1)
  expect(seen.written[0]).not.toContain('\u001b')
})

describe('[O6] lines that strangers cause', () => {
  test('is bounded for each kind of event, and what is left out is counted', () => {
    const { log, clock, objects } = logOf('info')
    for (let k = 0; k < LOG_BURST + 1000; k++) log(refused)
    log(stopping('SIGTERM'))
    expect(objects().map(line => line.event)).toEqual([...Array<string>(LOG_BURST).fill('refused'), 'stopping'])
    clock.now = 1000
    for (let k = 0; k < 1000; k++) log(refused)
    const later = objects().slice(LOG_BURST + 1)
    expect(later.map(line => line.unlogged)).toEqual([1000, ...Array(LOG_PER_SECOND - 1).fill(undefined)])
  })

  test('costs nothing of what may be said where it is not said', () => {
    const { log, written } = logOf('warn')
    for (let k = 0; k < 1000; k++) log(refused)
    expect(written).toEqual([])
  })
})

test('each note and each trouble has a line', () => {
  const peer = { address: '192.0.2.1', protocol: 'line' } as const
  const entry = { seq: 7, input: { type: 'say' }, text: 'a secret' } as never
  const lines = [
    started('1', null, null),
    started('1', '/srv/chat', '/etc/rxchat/server.toml'),
    stopped,
    ofNote({ type: 'connected', address: '192.0.2.1' }),
    ofNote({ type: 'spoke', ...peer }),
    ofNote({ type: 'refused', ...peer, code: 'slow-down', entering: false }),
    ofNote({ type: 'gave-up', ...peer, code: 'flooding' }),
    ofNote({ type: 'disconnected', ...peer, ms: 5 }),
    ofNote({ type: 'hook-paused', hook: 7 }),
    ofNote({ type: 'forgot', until: 100 }),
    ofTrouble({ type: 'storage', drafts: [entry, entry], error: new Error('the disk is full') }),
    ofTrouble({ type: 'quarantined', entry, error: 'it threw' }),
  ]
  expect(lines.map(({ level, event }) => `${level} ${event}`)).toEqual([
    'info started',
    'info started',
    'info stopped',
    'debug connected',
    'debug spoke',
    'debug refused',
    'info gave-up',
    'debug disconnected',
    'warn hook-paused',
    'info forgot',
    'error storage',
    'error quarantined',
  ])
  expect(JSON.stringify(lines)).not.toContain('a secret')
})
