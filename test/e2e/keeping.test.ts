/** Somebody keeps order at a drawn screen: a mute that is seen, refuses, and ends; roles; a held message. */
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type Drawn, openDrawn } from '../helpers/drawn.ts'
import { launcherOf, startServer } from '../helpers/program.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'
import { KEYS, type Size } from '../helpers/terminal.ts'

const NODE = join(import.meta.dirname, '../../node_modules/node/bin/node')

async function sitDown(port: number, name: string, size: Size, ...more: readonly string[]): Promise<Drawn> {
  const command = [NODE, launcherOf('rxchat'), `127.0.0.1:${port}`, '--name', name, ...more]
  const screen = openDrawn(command, size, { XDG_STATE_HOME: temporaryFolder(), NO_COLOR: '1' })
  await screen.has('online')
  return screen
}

/** 田中 is an operator of #den, and a_b is there too. */
async function den() {
  const server = await startServer()
  const tanaka = await sitDown(server.port, '田中', { columns: 100, rows: 30 }, '--room', 'den')
  await tanaka.has('#den')
  server.type('OP 田中 in den')
  await tanaka.has('@田中')
  const other = await sitDown(server.port, 'a_b', { columns: 60, rows: 20 }, '--room', 'den')
  await tanaka.has('a_b entered')
  return { server, tanaka, other }
}

describe('a keeper at a terminal', () => {
  test('mutes for a time: the muted one sees why and how long, is refused, and can write again', async () => {
    const { server, tanaka, other } = await den()
    tanaka.type(`/mute a_b for 8s too loud${KEYS.enter}`)
    await tanaka.has('田中 muted a_b in #den')
    await other.has('田中 muted you here: too loud')
    await other.has(' s left: ')
    other.type(`let me speak${KEYS.enter}`)
    await other.has('not sent let me speak')
    await other.has('You are muted in #den')
    tanaka.type(`/mutes${KEYS.enter}`)
    await tanaka.has('Mutes of #den:')

    await tanaka.has('The mute of a_b in #den is over.')
    await other.has('is over.')
    await other.lacks('muted you here: too loud')
    other.type(`thank you${KEYS.enter}`)
    await tanaka.has('thank you')
    tanaka.type(`/log a_b${KEYS.enter}`)
    await tanaka.has('Acts of #den:')
    expect(server.out.text).not.toContain('let me speak')
  })

  test('holds messages, reads and releases them, and is remembered without the key of the room', async () => {
    const { tanaka, other } = await den()
    tanaka.type(`/filter hold *casino*${KEYS.enter}`)
    await tanaka.has('added word filter')
    other.type(`best casinos here${KEYS.enter}`)
    await other.has('waits until somebody')
    await tanaka.has('waits: /release')
    const [, number = ''] = /\/release (\d+)/.exec(tanaka.rows().join('\n')) ?? []
    tanaka.type(`/release ${number}${KEYS.enter}`)
    await other.lacks('waits until somebody')
    await tanaka.lacks('waits: /release')
    await other.has('best casinos here')

    tanaka.type(`/mode key open-says-me${KEYS.enter}`)
    await tanaka.has('[key]')
    tanaka.type(KEYS.up)
    await tanaka.has('› /mode key')
    expect(tanaka.rows().join('\n')).not.toContain('open-says-me')
    tanaka.type(`${KEYS.ctrlU}/kick a_b enough${KEYS.enter}`)
    await other.has('enough')
    await tanaka.has('kicked a_b out of #den')
  })
})
