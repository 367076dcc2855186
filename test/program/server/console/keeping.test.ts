/** The host keeps order at the console: the whole server is its place, and a room is named. */
import { describe, expect, test } from 'vitest'
import { HOST_COMMANDS } from '../../../../src/program/server/console/commands/commands.ts'
import { completeCommand } from '../../../../src/program/server/console/commands/completion.ts'
import { line, native, newObjects, object } from '../../../helpers/actors.ts'
import { countedHasher } from '../../../helpers/counted-hasher.ts'
import { openWorld } from '../../../helpers/open-world.ts'
import { typedHost } from '../../../helpers/typed-host.ts'

/** Mr.Blue is an account in the lobby and in #ops, and so is the guest 田中. */
async function seated() {
  const world = await openWorld({}, undefined, { hasher: countedHasher() })
  const host = typedHost(world.server, world.clock.now)
  const blue = await native(world, 'Mr.Blue')
  await blue.send(object({ type: 'register', n: 1, password: 'a long sentence' }))
  await blue.send(object({ type: 'join', room: 'ops' }))
  const tanaka = await native(world, '田中')
  await tanaka.send(object({ type: 'join', room: 'ops' }))
  blue.news()
  tanaka.news()
  /** The console's output after these lines. */
  async function type(...lines: readonly string[]): Promise<readonly string[]> {
    const before = host.shown.length
    for (const one of lines) {
      host.type(one)
      await world.clock.settle()
    }
    return host.shown.slice(before).filter(shown => !shown.startsWith('USERS'))
  }
  return { world, blue, tanaka, type, shown: () => host.shown }
}

describe('the host', () => {
  test('bans, mutes and kicks, on the whole server or in a room', async () => {
    const { type, tanaka, world } = await seated()
    expect(await type('MUTE 田中 for 10m')).toEqual(['[*] The host muted 田中 on the whole server for 10 min.'])
    await tanaka.send(object({ type: 'say', n: 9, text: 'hello?' }))
    expect(newObjects(tanaka).at(-1)).toMatchObject({ type: 'rejected', n: 9, code: 'muted' })
    expect(await type('MUTES')).toEqual([
      'Mutes of the server:',
      expect.stringMatching(/^\d+ 田中 for 10 min more, by the host \d\d:\d\d:\d\d$/),
    ])
    expect(await type('UNMUTE 田中')).toEqual(['[*] The host ended the mute of 田中 on the whole server.'])
    expect(await type('KICK 田中 in ops: off topic')).toEqual([
      '[*] The host kicked 田中 out of #ops (off topic).',
      '[*] 田中 exited #ops, removed by the host. (off topic)',
    ])
    expect(await type('BAN 田中 for 1h flooding')).toEqual(
      expect.arrayContaining(['[*] The host banned 田中 from the server for 1 h (flooding).']),
    )
    const again = await line(world, '田中')
    expect(again.text()).toContain('You are banned')
    expect(await type('UNBAN 田中', 'BANS')).toEqual([
      '[*] The host ended the ban of 田中 from the server.',
      'Bans of the server: none.',
    ])
  })

  test('closes a question in any room, and is told if there is none', async () => {
    const { type, tanaka, world, shown } = await seated()
    const ask = { kind: 'ask', choices: ['yes', 'no'] }
    await tanaka.send(object({ type: 'say', room: 'ops', text: 'Deploy?', ask }))
    await world.clock.settle()
    const [seq = 0] = world.state().questions.keys()
    expect(shown().at(-1)).toMatch(new RegExp(`^\\[.*\\] #ops 田中 \\(question ${seq}\\) > Deploy\\? \\(yes / no\\)$`))
    expect(completeCommand('CLOSE ', world.state())[0]).toEqual([`${seq} `])
    expect(await type(`CLOSE ${seq}`)).toEqual([`[*] The host withdrew question ${seq} of 田中 in #ops.`])
    expect(world.state().questions.size).toBe(0)
    expect(await type(`CLOSE ${seq}`)).toEqual([expect.stringContaining(`Question ${seq} was withdrawn`)])
    expect(await type('CLOSE 7')).toEqual([expect.stringContaining('There is no question 7 here.')])
    expect(await type('CLOSE')).toEqual(['Usage: CLOSE number'])
    expect(await type('CLOSE the door')).toEqual([expect.stringContaining('CLOSE the door')])
  })

  test('gives and takes roles, and lists them', async () => {
    const { type } = await seated()
    expect(await type('ADMIN Mr.Blue', 'ADMIN LIST')).toEqual([
      '[*] The host made Mr.Blue an administrator.',
      'Roles of the server:',
      'Mr.Blue: administrator',
    ])
    expect(await type('ADMIN REMOVE Mr.Blue')).toEqual(['[*] The host took the role of administrator from Mr.Blue.'])
    expect(await type('ADMIN 田中')).toEqual(['There is no account 田中. ACCOUNT LIST shows them.'])
    expect(await type('OP 田中 in ops')).toEqual(['[*] The host made 田中 an operator of #ops.'])
    expect(await type('OP 田中')).toEqual(['Usage: OP name in room'])
    expect(await type('VOICE 田中 in lobby', 'DEVOICE 田中 in lobby')).toHaveLength(2)
  })

  test('sets modes, and says none of a key to everybody', async () => {
    const { type, blue } = await seated()
    expect(await type('LOCKDOWN 10m')).toEqual([expect.stringContaining('the mode lockdown for 10 min')])
    expect(await type('LOCKDOWN off')).toEqual(['[*] The host took the mode lockdown of the server away.'])
    expect(await type('MODE slow 10s')).toEqual([expect.stringContaining('in ROOM')])
    expect(await type('MODE')).toEqual([
      'Modes of the server:',
      'off  delay TIME: guests wait so long before their first message',
      'off  lockdown: no guest enters or writes, and only people with a role join',
    ])
    blue.news()
    await type('MODE key open-says-me in lobby', 'MODE key open-says-me too much', 'MODE key two words in lobby')
    expect(blue.news().join()).not.toMatch(/open-says-me|two words/)
  })

  test('sees who did what, everywhere, and as lines of JSON for a script', async () => {
    const { type, blue } = await seated()
    await type('OP 田中 in ops', 'MUTE 田中 for 10m')
    await blue.send(object({ type: 'mute', n: 8, who: '田中', room: 'ops', for: 60, reason: 'loud' }))
    const acts = await type('AUDIT')
    expect(acts.map(act => act.replace(/^\[[^\]]*\] /, ''))).toEqual([
      'ACTS: 3',
      'The host made 田中 an operator of #ops.',
      'The host muted 田中 on the whole server for 10 min.',
      'Mr.Blue muted 田中 in #ops for 1 min (loud).',
    ])
    const json = (await type('AUDIT JSON 田中')).map(one => JSON.parse(one) as Record<string, unknown>)
    expect(json).toMatchObject([
      { act: 'op', by: 'Host', who: '田中', room: 'ops' },
      { act: 'mute', by: 'Host', who: '田中' },
      { act: 'mute', by: 'Mr.Blue', who: '田中', room: 'ops', reason: 'loud' },
    ])
    expect(await type('AUDIT Mr.Blue in ops')).toEqual([
      'ACTS: 1',
      expect.stringContaining('Mr.Blue muted 田中 in #ops'),
    ])
  })

  test('has help for it in a group, and completion of names, rooms, times and modes', async () => {
    const { type, world } = await seated()
    const usual = await type('HELP')
    const keep = await type('HELP KEEP')
    expect(usual.slice(-2)[0]).toBe('HELP KEEP lists the commands that keep order.')
    const heads = (lines: readonly string[]) => lines.map(one => one.split(' ')[0])
    expect(heads(keep)).toEqual(HOST_COMMANDS.filter(({ group }) => group).map(({ name }) => name))
    expect(heads(usual)).not.toContain('BAN')
    const words = (typed: string) => completeCommand(typed, world.state())[0].map(one => one.trimEnd())
    expect(words('BAN ')).toEqual(['Mr.Blue', '田中'])
    expect(words('BAN Mr.Blue ')).toEqual(['for', 'in', 'network'])
    expect(words('BAN Mr.Blue for 1')).toEqual(['10m', '1h', '1d'])
    expect(words('BAN Mr.Blue for 1h in ')).toEqual(['lobby', 'ops'])
    expect(words('MODE inv')).toEqual(['invite-only'])
    expect(words('ADMIN ')).toEqual(['LIST', 'REMOVE', 'Mr.Blue'])
    expect(words('AUDIT J')).toEqual(['JSON'])
  })

  test.each(['AUDIT the books, everybody', 'HELD up in traffic', 'ADMIN is away today', 'DROP the bass'])(
    'says to everyone: %s',
    async said => {
      const { type } = await seated()
      expect(await type(said)).toEqual([expect.stringContaining(`Host > ${said}`)])
    },
  )
})
