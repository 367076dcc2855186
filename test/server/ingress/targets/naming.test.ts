/** Names in a command become ids when it is taken in. */
import { describe, expect, test } from 'vitest'
import { line, native, newObjects, object, say } from '../../../helpers/actors.ts'
import { device, owner } from '../../../helpers/devices.ts'
import { openWorld } from '../../../helpers/open-world.ts'
import { entriesIn } from '../../../helpers/recorded.ts'
import type { Wire } from '../../../helpers/world.ts'

const idOf = (wire: Wire): unknown => wire.objects()[0]?.['id']

describe('[I12] the member that a message mentions', () => {
  test('is told with it, by ids, live and in the history', async () => {
    const world = await openWorld()
    const blue = await native(world, 'Mr.Blue')
    const tanaka = await native(world, '田中')
    const speaker = await native(world, 'a|b')
    blue.news()
    await speaker.send(say('@田中さん and mr.blue, not `@Mr.Blue`, nor a|b'))
    await speaker.send(say('nobody'))
    const [both, none] = newObjects(blue)
    expect(both).toMatchObject({ type: 'said', mentions: [idOf(tanaka), idOf(blue)] })
    expect(none).not.toHaveProperty('mentions')
    await blue.send(object({ type: 'history' }))
    expect(newObjects(blue)).toMatchObject([
      { messages: [{ mentions: [idOf(tanaka), idOf(blue)] }, { text: 'nobody' }] },
    ])
  })

  test('is the account that is not here, under each way to write its name', async () => {
    const world = await openWorld()
    const jose = await owner(world, 'José')
    await jose.send(object({ type: 'bye' }))
    const speaker = await line(world, 'a|b')
    await speaker.send('JOSÉ: look\n')
    const phone = await device(world, 'José')
    expect(newObjects(phone)).toMatchObject([
      { type: 'welcome' },
      { type: 'room', unread: 1, mentions: 1 },
      { type: 'history', messages: [{ mentions: [idOf(jose)] }] },
    ])
  })

  test('stays who it was when the name goes to somebody else', async () => {
    const world = await openWorld()
    const blue = await native(world, 'Mr.Blue')
    const speaker = await native(world, 'a|b')
    // In one turn: the name is somebody else's by the time that the message is folded.
    await Promise.all([
      blue.send(object({ type: 'nick', name: 'Mr.Red' })),
      speaker.send(say('Mr.Blue: look')),
      native(world, 'Mr.Blue'),
    ])
    const said = blue.objects().find(({ type }) => type === 'said')
    expect(said).toMatchObject({ mentions: [idOf(blue)] })
  })

  test('is the account that gave the name up, as long as that is held for it', async () => {
    const world = await openWorld()
    const jose = await owner(world, 'José')
    await jose.send(object({ type: 'nick', name: 'Pepe' }))
    const speaker = await native(world, 'a|b')
    speaker.news()
    await speaker.send(say('@José and Pepe, look'))
    await speaker.send(object({ type: 'tell', to: 'josé', text: 'psst' }))
    expect(newObjects(speaker)).toMatchObject([
      { type: 'said', mentions: [idOf(jose)] },
      { type: 'told', to: 'Pepe', other: idOf(jose) },
    ])
  })

  test('is the holder of the name at that moment, however many messages came before', async () => {
    const world = await openWorld()
    const speaker = await native(world, 'a|b')
    const others = Array.from({ length: 20 }, (_, n) => `guest-${n}`)
    for (const name of others) await native(world, name)
    const spider = await native(world, 'Spider-Man')
    const mentioned = async (text: string): Promise<unknown> => {
      speaker.news()
      await speaker.send(say(text))
      return newObjects(speaker).find(({ type }) => type === 'said')?.['mentions']
    }
    for (const name of ['hello', ...others]) await speaker.send(say(`hello, ${name}`))
    expect(await mentioned('where is Mr.Blue, spider-man?')).toEqual([idOf(spider)])
    const blue = await native(world, 'Mr.Blue')
    expect(await mentioned('there is mr.blue!')).toEqual([idOf(blue)])
    await spider.send(object({ type: 'nick', name: 'Peter' }))
    expect(await mentioned('Spider-Man and peter are one')).toEqual([idOf(spider)])
    expect(await mentioned('Spider-Man is gone')).toBeUndefined()
  })

  test('is nobody for the host, for a token of the API, or in a direct message', async () => {
    const world = await openWorld()
    const blue = await native(world, 'Mr.Blue')
    blue.news()
    await blue.send(say('Host, server'))
    await blue.send(object({ type: 'tell', to: 'Mr.Blue', text: '@Mr.Blue' }))
    for (const one of newObjects(blue)) expect(one).not.toHaveProperty('mentions')
  })

  test('also counts where the host speaks', async () => {
    const world = await openWorld()
    const blue = await native(world, 'Mr.Blue')
    blue.news()
    world.server.host({ type: 'say', room: 'lobby', text: 'Mr.Blue, please', action: false })
    await world.clock.settle()
    expect(newObjects(blue)).toMatchObject([{ from: 'Host', mentions: [idOf(blue)] }])
  })
})

describe('[I8] the recipient of a direct message', () => {
  test('is the member who had the name, not the next holder of it', async () => {
    const world = await openWorld()
    const blue = await native(world, 'Mr.Blue')
    const speaker = await native(world, 'a|b')
    const id = idOf(blue)
    await blue.send(object({ type: 'bye' }))
    const next = await native(world, 'Mr.Blue')
    await speaker.send(object({ type: 'tell', to: 'Mr.Blue', id, text: 'secret' }))
    expect(newObjects(speaker).at(-1)).toMatchObject({ type: 'rejected', code: 'member-gone' })
    expect(newObjects(next)).toEqual([])
    await speaker.send(object({ type: 'tell', to: 'whoever', id: idOf(next), text: 'hi' }))
    expect(newObjects(next)).toMatchObject([{ type: 'told', to: 'Mr.Blue', text: 'hi', other: idOf(next) }])
  })

  test('is journaled with the command', async () => {
    const world = await openWorld()
    const blue = await native(world, 'Mr.Blue')
    const speaker = await native(world, 'a|b')
    await speaker.send(object({ type: 'tell', to: 'MR.BLUE', text: 'hi' }))
    const [tell] = (await entriesIn(world.journal)).filter(({ input }) => input.type === 'tell')
    expect(tell?.input).toMatchObject({ to: { id: idOf(blue), text: 'MR.BLUE' } })
  })
})
