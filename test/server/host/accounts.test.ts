/** ACCOUNT at the console: the host makes, sees and removes accounts (docs/spec.md, I13). */
import { describe, expect, test } from 'vitest'
import { memoryJournal } from '../../../src/journal/memory.ts'
import { ERASURE_RETRY_MS, PIECE_ROWS } from '../../../src/model/limits.ts'
import { unfinishedLines } from '../../../src/program/server/console/erasure-lines.ts'
import { unfinished } from '../../../src/server/jobs/erasures.ts'
import { native, newObjects, object, say } from '../../helpers/actors.ts'
import { cast } from '../../helpers/cast.ts'
import { countedHasher } from '../../helpers/counted-hasher.ts'
import { ofSession } from '../../helpers/drafts.ts'
import { openWorld } from '../../helpers/open-world.ts'
import { entriesIn } from '../../helpers/recorded.ts'
import { troubledJournal } from '../../helpers/troubled-journal.ts'
import { typedHost } from '../../helpers/typed-host.ts'
import { createWorld, type Wire, type World } from '../../helpers/world.ts'

const opened = (...[options, journal]: Parameters<typeof createWorld>): Promise<World> =>
  openWorld(options, journal, { hasher: countedHasher() })

async function hosted(world: World) {
  const { type, shown, secrets } = typedHost(world.server, world.clock.now)
  return {
    secrets,
    /** The lines that a command brings. */
    async run(line: string): Promise<readonly string[]> {
      const before = shown.length
      type(line)
      await world.clock.settle()
      return shown.slice(before)
    },
  }
}

/** A member whose name becomes an account. */
async function registered(world: World, name: string): Promise<Wire> {
  const wire = await native(world, name)
  const { session } = wire.objects()[0] as { session: string }
  const credential = { id: `of-${name}`, label: '', proof: { kind: 'password', hash: 'hash' } } as const
  await world.journal.append([ofSession(world.state(), session, { type: 'register', credential })])
  await world.clock.settle()
  wire.news()
  return wire
}

const accountOf = (world: World, name: string) => world.state().accounts.find(one => one.name.text === name)
const textsIn = async (world: World): Promise<readonly unknown[]> =>
  (await entriesIn(world.journal)).flatMap(({ texts }) => (texts.text === undefined ? [] : [texts.text]))

describe('[I13] ACCOUNT ADD', () => {
  test('makes an account, and shows its password once; only the hash is kept', async () => {
    const world = await opened()
    const { run, secrets } = await hosted(world)
    for (const name of cast) await run(`ACCOUNT ADD ${name}`)
    expect(secrets.length).toBe(cast.length)
    expect(new Set(secrets).size).toBe(cast.length)
    for (const name of cast) expect(accountOf(world, name)?.credentials.size, name).toBe(1)
    const stored = JSON.stringify(await entriesIn(world.journal))
    for (const secret of secrets) expect(stored).not.toContain(secret)
  })

  test('of many pasted lines hashes one password after another', async () => {
    const hasher = countedHasher()
    const world = await openWorld({}, undefined, { hasher })
    const { type, secrets } = typedHost(world.server, world.clock.now)
    hasher.hold()
    for (const name of cast) type(`ACCOUNT ADD ${name}`)
    await world.clock.settle()
    expect(hasher.hashed.length).toBe(1)
    hasher.go()
    await world.clock.settle()
    expect([hasher.most(), secrets.length]).toEqual([1, cast.length])
  })

  test('of a name that somebody has, or that looks like it, is refused with who has it', async () => {
    const world = await opened()
    const { run, secrets } = await hosted(world)
    await native(world, 'Mr.Blue')
    expect(await run('ACCOUNT ADD Mr.BIue')).toEqual([expect.stringMatching(/Mr\.Blue/)])
    await run('ACCOUNT ADD 田中')
    expect(await run('ACCOUNT ADD 田中')).toEqual([expect.stringMatching(/account/)])
    expect(await run('ACCOUNT ADD a b')).toEqual([expect.stringMatching(/^Usage: ACCOUNT ADD name \|/)])
    expect(await run('ACCOUNT ADD Host')).toEqual([expect.stringMatching(/Host/)])
    expect(secrets.length).toBe(1)
  })
})

describe('[I13] ACCOUNT LIST', () => {
  test('shows the names with how they sign in, and who is here', async () => {
    const world = await opened()
    const { run } = await hosted(world)
    await registered(world, '田中')
    await run('ACCOUNT ADD [x]_^')
    expect(await run('ACCOUNT LIST')).toEqual([
      'ACCOUNTS: 2',
      'NAME   SINCE     LAST USE  SIGNS IN WITH  HERE',
      '[x]_^  00:00:00  00:00:00  password       -',
      '田中   00:00:00  00:00:00  password       here',
    ])
  })

  test('has pages for thousands', async () => {
    const world = await opened()
    const { run } = await hosted(world)
    for (let k = 1; k <= 120; k++) await run(`ACCOUNT ADD member-${`${k}`.padStart(3, '0')}`)
    const [first, last] = [await run('ACCOUNT LIST'), await run('ACCOUNT LIST 3')]
    expect([first[0], first.at(-1)]).toEqual(['ACCOUNTS: 120', 'Page 1 of 3. ACCOUNT LIST 2 shows the next page.'])
    expect(first.length).toBe(53)
    expect([last[2]?.split(' ')[0], last.length]).toEqual(['member-101', 23])
    for (const line of ['ACCOUNT LIST 4', 'ACCOUNT LIST 0', 'ACCOUNT LIST x']) {
      expect(await run(line), line).toEqual([expect.stringMatching(/^Usage/)])
    }
  })
})

describe('[I13] ACCOUNT RESET', () => {
  test('[I3] ends all sessions and all other ways to sign in, and shows a new password', async () => {
    const world = await opened()
    const { run, secrets } = await hosted(world)
    const wire = await registered(world, 'Spider-Man')
    await run('ACCOUNT RESET spider-man')
    expect(secrets.length).toBe(1)
    const account = accountOf(world, 'Spider-Man')
    expect([account?.credentials.size, account?.credentials.has('of-Spider-Man')]).toEqual([1, false])
    expect(wire.objects().at(-1)).toMatchObject({ type: 'closed', code: 'signed-out', reconnect: false })
    expect(wire.closed()).toBe(true)
    expect([world.state().members.size, world.state().tokens.size]).toEqual([0, 0])
  })

  test('of a name without an account says so', async () => {
    const world = await opened()
    const { run, secrets } = await hosted(world)
    await native(world, 'guest')
    for (const name of ['guest', 'nobody']) {
      expect(await run(`ACCOUNT RESET ${name}`)).toEqual([`There is no account ${name}. ACCOUNT LIST shows them.`])
    }
    expect(secrets).toEqual([])
  })
})

test('[I13] ACCOUNT RENAME gives it another name, here and absent, and nobody else gets the old one', async () => {
  const world = await opened()
  const { run } = await hosted(world)
  await registered(world, '田中')
  expect(await run('ACCOUNT RENAME 田中 李')).toContain('ACCOUNT: 田中 is now 李.')
  await run('ACCOUNT ADD a|b')
  expect(await run('ACCOUNT RENAME a|b back\\slash')).toEqual(['ACCOUNT: a|b is now back\\slash.'])
  expect(await run('ACCOUNT RENAME back\\slash 李')).toEqual([expect.stringContaining('李')])
  expect(await run('ACCOUNT ADD a|b')).toEqual([expect.stringMatching(/30 days/)])
  expect(await run('ACCOUNT RESET a|b')).toEqual([expect.stringContaining('no account a|b')])
})

describe('[I13] ACCOUNT REMOVE', () => {
  test('ends its sessions and frees the name; its messages stay', async () => {
    const world = await opened()
    const { run } = await hosted(world)
    const wire = await registered(world, 'Mr.Blue')
    await wire.send(say('still here'))
    expect(await run('ACCOUNT REMOVE Mr.Blue')).toContain('ACCOUNT: Mr.Blue is removed.')
    expect(wire.closed()).toBe(true)
    expect(world.state().accounts.size).toBe(0)
    expect(await textsIn(world)).toEqual(['still here'])
    await native(world, 'Mr.Blue')
    expect(world.state().members.size).toBe(1)
  })

  test('--erase erases every message of it, in rooms and direct ones, and nobody else’s', async () => {
    const world = await opened()
    const { run } = await hosted(world)
    const other = await native(world, '李')
    const wire = await registered(world, 'Spider-Man')
    await wire.send(object({ type: 'join', room: '田中' }))
    for (let k = 0; k < 2 * PIECE_ROWS + 1; k++) {
      await world.journal.append([
        ofSession(
          world.state(),
          String(wire.objects()[0]?.['session']),
          { type: 'say', room: 'lobby', action: false },
          `mine ${k}`,
        ),
      ])
    }
    await wire.send(say('in a room of its own', { room: '田中' }))
    await wire.send(object({ type: 'tell', to: '李', text: 'for you alone' }))
    await other.send(object({ type: 'tell', to: 'Spider-Man', text: 'an answer' }))
    await other.send(say('not erased'))
    other.news()
    const lines = await run('ACCOUNT REMOVE Spider-Man --erase')
    expect(lines).toContain('ACCOUNT: Spider-Man is removed. Its messages are being erased.')
    expect(lines.at(-1)).toBe(`ACCOUNT: all messages of Spider-Man are erased; they were ${2 * PIECE_ROWS + 3}.`)
    expect(await textsIn(world)).toEqual(['an answer', 'not erased'])
    expect(newObjects(other).filter(({ type }) => type === 'deleted').length).toBe(2 * PIECE_ROWS + 2)
    expect(unfinished(world.state())).toEqual([])
  })

  test('--erase on a full disk says what is left, and goes on by itself', async () => {
    const journal = memoryJournal('epoch')
    let isFull = true
    const failing = {
      ...journal,
      erase: (seqs: readonly number[]) =>
        isFull ? Promise.reject(new Error('the disk is full.')) : journal.erase(seqs),
    }
    const world = await opened({}, failing)
    const { run } = await hosted(world)
    const wire = await registered(world, 'a|b')
    await wire.send(say('to be erased'))
    const lines = await run('ACCOUNT REMOVE a|b --erase')
    expect(lines.at(-1)).toBe(
      'ACCOUNT: not all messages of a|b are erased. The server tries again every minute. the disk is full.',
    )
    expect(unfinished(world.state())).toEqual(['a|b'])
    isFull = false
    await world.clock.advance(ERASURE_RETRY_MS)
    expect(unfinished(world.state())).toEqual([])
    expect(await textsIn(world)).toEqual([])
    expect(world.troubles.splice(0).map(({ type }) => type)).toEqual(['storage'])
  })

  test('--erase tells of each message, although that could not be stored at first', async () => {
    const journal = troubledJournal()
    const erase = journal.erase
    journal.erase = async seqs => {
      await erase(seqs)
      journal.full = true
    }
    const world = await opened({}, journal)
    const { run } = await hosted(world)
    const wire = await registered(world, 'a|b')
    await wire.send(say('to be erased'))
    const lines = await run('ACCOUNT REMOVE a|b --erase')
    expect(lines.at(-1)).toMatch(/^ACCOUNT: not all messages of a\|b are erased/)
    expect(await textsIn(world)).toEqual([])
    journal.full = false
    await world.clock.advance(ERASURE_RETRY_MS)
    const deleted = world.steps.flatMap(({ events }) => events.filter(({ event }) => event.type === 'deleted'))
    expect(deleted).toMatchObject([{ event: { bulk: true, room: 'lobby' } }])
    expect(unfinished(world.state())).toEqual([])
    expect(new Set(world.troubles.splice(0).map(({ type }) => type))).toEqual(new Set(['storage']))
  })

  test('--erase goes on at the next start, which says so', async () => {
    const journal = memoryJournal('epoch')
    const stopping = { ...journal, close: async () => {}, erase: () => new Promise<void>(() => {}) }
    const world = await createWorld({}, stopping, { hasher: countedHasher() })
    const { run } = await hosted(world)
    const wire = await registered(world, 'José')
    await wire.send(say('to be erased'))
    await run('ACCOUNT REMOVE José --erase')
    await world.close()
    const again = await opened({}, journal)
    expect(unfinishedLines(unfinished(again.state()))).toEqual([
      'ACCOUNT: messages of José were left to erase when the server stopped. It goes on with them now.',
    ])
    const { run: next } = await hosted(again)
    expect(await next('ACCOUNT LIST')).toContain('ACCOUNT: all messages of José are erased; it was one.')
    expect(await textsIn(again)).toEqual([])
  })
})
