/**
 * A server that is killed in the middle of a conversation, again and again: every acknowledged message is there, once.
 */
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ownerOf } from '../helpers/owner.ts'
import { performedTexts } from '../helpers/performed.ts'
import { startServer } from '../helpers/program.ts'
import { seedOf } from '../helpers/seeds.ts'
import { SteadyTalker } from '../helpers/steady-talker.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'

const KILLS = 20
const NAMES = ['alice', 'bob', 'carol', 'dave', 'erin']

/** Numbers from 1 to `most` that are the same in every run. */
function seeded(seed: number): (most: number) => number {
  let state = seed
  return most => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return 1 + Math.floor((state / 2 ** 32) * most)
  }
}

/** Turns of the event loop: the latest message is then on its way, being committed, or being delivered. */
function turnsLater(turns: number, run: () => void): void {
  if (turns === 0) run()
  else setImmediate(turnsLater, turns - 1, run)
}

test.skipIf(process.platform !== 'linux')(
  '[D2] [D3] [J2] killed at any moment: all that was acknowledged or shown to anybody is there, in order and once',
  async () => {
    const directory = join(temporaryFolder(), 'data')
    const random = seeded(seedOf(9))
    let left = 0
    let kill = (): void => {}
    const noticed = (): void => {
      left -= 1
      if (left === 0) kill()
    }
    const talkers = NAMES.map(name => new SteadyTalker(name, noticed))
    let checked = { acknowledged: 0, shown: 0, performed: 0 }
    /** Stored, and the kill came before their answer. */
    let unanswered = 0
    for (let round = 0; round < KILLS; round++) {
      const server = await startServer('--data', directory, '--rate', 'off')
      const owner = ownerOf(server)
      left = -1
      const entered = await Promise.all(talkers.map(talker => talker.enter(server.port)))
      left = random(400)
      kill = () => turnsLater(random(60), () => process.kill(owner, 'SIGKILL'))
      for (const talker of talkers) talker.talk()
      await Promise.all([server.ended, ...entered.map(({ ended }) => ended)])

      const performed = await performedTexts(directory)
      const there = new Set(performed)
      for (const { name, acknowledged, heard } of talkers) {
        const own = performed.filter(text => text.startsWith(`${name} `))
        expect(own, `${name}'s, in order, once and without holes`).toEqual(own.map((_, k) => `${name} ${k + 1} `))
        expect(
          acknowledged.filter(text => !there.has(text)),
          `acknowledged to ${name}`,
        ).toEqual([])
        expect(
          [...heard].filter(text => !there.has(text)),
          `shown to ${name}`,
        ).toEqual([])
      }
      checked = {
        acknowledged: talkers.reduce((sum, { acknowledged }) => sum + acknowledged.length, 0),
        shown: talkers.reduce((sum, { heard }) => sum + heard.size, 0),
        performed: performed.length,
      }
      unanswered += checked.performed - checked.acknowledged
    }
    expect(checked.acknowledged).toBeGreaterThan(KILLS)
    const { acknowledged, shown, performed } = checked
    console.log(
      `${KILLS} kills: ${acknowledged} acknowledged and ${shown} shown messages looked up among ${performed} in the journal; ${unanswered} were stored without their answer`,
    )
  },
)
