/** People in line mode and the original's clients hear of answers, edits, reactions and pins in words, each once. */
import { describe, expect, test } from 'vitest'
import { CLASSIC_PACE_MS } from '../../../src/model/limits.ts'
import { classic, line, native, object, say } from '../../helpers/actors.ts'
import { openWorld } from '../../helpers/open-world.ts'
import type { Wire } from '../../helpers/world.ts'

const lines = (wire: Wire): readonly string[] => wire.news().map(one => one.replace(/^(\| \d+ )?\[[\d:]+\] /, '$1'))

async function scene() {
  const world = await openWorld({ rate: null })
  const [blue, tanaka] = [await line(world, 'Mr.Blue'), await line(world, '田中')]
  const bob = await native(world, 'bob')
  const all = [blue, tanaka, bob]
  for (const wire of all) wire.news()
  /** The number of the latest message that a native client got. */
  const latest = (): number => Number(bob.objects().findLast(({ type }) => type === 'said')?.['seq'])
  return { world, blue, tanaka, bob, latest }
}

describe('[Y15] in line mode', () => {
  test('a person answers, edits and reacts without a number, and with the numbers of /history', async () => {
    const { blue, tanaka, bob, latest } = await scene()
    await tanaka.send('lunch at noon?\n')
    const seq = latest()
    await blue.send('/reply yes\n')
    expect(lines(tanaka)).toEqual(['Mr.Blue (to 田中: "lunch at noon?") > yes'])
    await blue.send('/react :tada:\n')
    expect(lines(tanaka)).toEqual([`[*] Mr.Blue reacted with 🎉 to message ${seq} of 田中: "lunch at noon?".`])
    await tanaka.send('/edit lunch at one?\n')
    blue.news()
    expect(lines(tanaka)).toEqual([`田中 (edited ${seq}) > lunch at one?`])
    bob.news()
    await bob.send(say('I come', { reply: seq }))
    expect(lines(blue)).toEqual(['bob (to 田中: "lunch at one?") > I come'])
    await blue.send(`/reply ${seq} me too\n/history 9\n`)
    expect(lines(blue)).toEqual([
      '| Earlier:',
      `| ${seq} 田中 (edited) > lunch at one?`,
      `| ${seq} (🎉)`,
      `| ${seq + 1} Mr.Blue (to message ${seq}) > yes`,
      expect.stringMatching(`bob \\(to message ${seq}\\) > I come$`),
      expect.stringMatching(`Mr.Blue \\(to message ${seq}\\) > me too$`),
    ])
    await blue.send(`/pin ${seq}\n/pins\n`)
    expect(lines(blue)).toEqual([
      `[*] Mr.Blue pinned message ${seq} of 田中: "lunch at one?".`,
      '| Pinned:',
      `| ${seq} 田中 (edited) > lunch at one?`,
      `| ${seq} (🎉)`,
    ])
  })

  test('an author does not get an answer back, and nobody gets anything twice', async () => {
    const { blue, tanaka } = await scene()
    await tanaka.send('one\n')
    lines(blue)
    await blue.send('/reply two\n')
    expect(lines(blue)).toEqual([])
    await blue.send('/edit three\n')
    expect(lines(blue).filter(one => one.endsWith('> three'))).toHaveLength(1)
    expect(lines(tanaka).filter(one => one.includes('three'))).toHaveLength(1)
    await tanaka.send('/react 👍\n/react 👍\n/unreact 👍\n')
    const news = lines(blue)
    expect(news).toHaveLength(2)
    expect(news[1]).toContain('took 👍 back')
    expect(lines(tanaka).filter(one => one.includes('You have reacted'))).toHaveLength(1)
  })

  test('an erased text is in no quotation', async () => {
    const { blue, tanaka, bob, latest } = await scene()
    await tanaka.send('a secret\n')
    const seq = latest()
    await bob.send(say('oh', { reply: seq }))
    expect(lines(blue).at(-1)).toBe('bob (to 田中: "a secret") > oh')
    await tanaka.send(`/delete ${seq}\n`)
    blue.news()
    await blue.send('/reply what was it?\n/history 9\n')
    expect(lines(blue).join('\n')).not.toContain('a secret')
    await bob.send(object({ type: 'react', seq, emoji: '👍' }))
    expect(lines(blue)).toEqual([])
  })

  test('a member that a reader ignores is quoted to others alone, and its edits and reactions are not written', async () => {
    const { blue, tanaka, bob, latest } = await scene()
    await bob.send(say('from bob'))
    const seq = latest()
    await blue.send('/ignore bob\n')
    blue.news()
    tanaka.news()
    await tanaka.send(`/reply ${seq} well\n`)
    expect(lines(blue)).toEqual([`田中 (to message ${seq}) > well`])
    await tanaka.send(`/react 👍 ${seq}\n`)
    expect(lines(blue)).toEqual([`[*] 田中 reacted with 👍 to message ${seq}.`])
    expect(lines(tanaka)).toEqual([`[*] 田中 reacted with 👍 to message ${seq} of bob: "from bob".`])
    await bob.send(object({ type: 'edit', seq, text: 'from bob, again' }) + object({ type: 'react', emoji: '🦊' }))
    expect(lines(blue)).toEqual([])
    expect(lines(tanaka)).toHaveLength(2)
    await blue.send('/reply hm\n')
    expect(lines(tanaka)).toEqual(['Mr.Blue (to 田中: "well") > hm'])
  })

  test('direct messages are answered where they were said', async () => {
    const { blue, tanaka, bob } = await scene()
    await bob.send(object({ type: 'tell', to: 'Mr.Blue', text: 'psst' }))
    const seq = Number(bob.objects().findLast(({ type }) => type === 'told')?.['seq'])
    await bob.send(object({ type: 'edit', seq, text: 'psst!' }))
    await bob.send(object({ type: 'tell', to: 'Mr.Blue', text: 'are you there?', reply: seq }))
    expect(lines(blue)).toEqual([
      'bob (to Mr.Blue alone) > psst',
      `bob (edited direct message ${seq}) > psst!`,
      'bob (to Mr.Blue alone, answering bob: "psst!") > are you there?',
    ])
    expect(lines(tanaka)).toEqual([])
  })
})

test("[C1] the original's clients hear the same, a read each", async () => {
  const { world, tanaka, bob, latest } = await scene()
  const alice = await classic(world, 'alice')
  await tanaka.send('lunch [*] noon?\n')
  await world.clock.advance(CLASSIC_PACE_MS)
  const before = alice.writes.length
  await bob.send(say('yes', { reply: latest() }) + object({ type: 'react', emoji: '👍' }))
  await tanaka.send('/edit supper?\n')
  await world.clock.advance(4 * CLASSIC_PACE_MS)
  const writes = alice.writes.slice(before).map(one => one.replace(/^\[[\d:]+\] /, ''))
  expect(writes).toEqual([
    'bob (to 田中: "lunch (*) noon?") > yes',
    expect.stringMatching(/^server > bob reacted with 👍 to message \d+ of 田中: "lunch \(\*\) noon\?"\.$/),
    expect.stringMatching(/^田中 \(edited \d+\) > supper\?$/),
  ])
})
