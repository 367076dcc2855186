/** A page's memory for the next one: the session of a closed tab, and none of its unsent messages. */
import { beforeEach, expect, test, vi } from 'vitest'
import type { Remembered } from '../../src/client/session/state.ts'

function storage(): Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> {
  const kept = new Map<string, string>()
  return {
    getItem: key => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: key => void kept.delete(key),
  }
}

beforeEach(() => {
  vi.resetModules()
  vi.stubGlobal('sessionStorage', storage())
  vi.stubGlobal('localStorage', storage())
  vi.stubGlobal(
    'BroadcastChannel',
    class {
      postMessage(): void {}
      close(): void {}
    },
  )
  return () => vi.unstubAllGlobals()
})

const hasUnanswered = { id: 1, n: 1, stage: 'sent', asked: { type: 'say', room: 'lobby', text: 'mine', action: false } }
const session = {
  ...{ token: 't'.repeat(32), id: 's', epoch: 'e', cursor: 7, name: 'Spider-Man', lastId: 1, lastN: 1 },
  items: [hasUnanswered],
} as unknown as Remembered

test('[G2] a tab that is closed leaves its session to one of the same name, and what it had yet to say to nobody', async () => {
  const { keepSession, takeLeft } = await import('../../src/web/browser/keep.ts')
  keepSession(session, true)
  keepSession(session, false)
  expect(takeLeft('Mr.Blue')).toBeNull()
  expect(takeLeft('Spider-Man')).toEqual({ ...session, items: [] })
  expect(takeLeft('Spider-Man'), 'once').toBeNull()
})

test('[G2] a reload of the same tab goes on with what it had yet to say', async () => {
  const { keepSession, takeSession, takeLeft } = await import('../../src/web/browser/keep.ts')
  keepSession(session, false)
  expect(await takeSession()).toEqual(session)
  keepSession(session, true)
  expect(takeLeft('Spider-Man'), 'whoever has it again leaves it to nobody').toBeNull()
})
