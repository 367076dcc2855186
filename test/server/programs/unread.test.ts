import { expect, test } from 'vitest'
import { memoryHistory } from '../../../src/journal/memory-history.ts'
import { PLACES_AT_ONCE, ROOMS_PER_MEMBER } from '../../../src/model/limits.ts'
import { unreadOf } from '../../../src/server/programs/unread.ts'
import { AccountChat } from '../../helpers/account-chat.ts'

test('[I7] the unread messages of many rooms are counted a few a turn', async () => {
  const chat = new AccountChat()
  const { id: account, name } = chat.person('s1', '田中')
  for (let k = 1; k < ROOMS_PER_MEMBER; k++) chat.ask('s1', { type: 'join', room: `r${k}` })
  chat.ask('s1', { type: 'away', note: null })
  let [turns, most, now] = [0, 0, 0]
  const history = {
    ...memoryHistory(() => null),
    unread() {
      most = Math.max(most, ++now)
      return { unread: 1, mentions: 0 }
    },
  }
  const turn = (): void => {
    turns++
    now = 0
    if (turns < 1000) setImmediate(turn)
  }
  setImmediate(turn)
  const answer = await unreadOf(
    {
      authentication: { password: async () => ({ ok: true, account, name, credential: 'c' }) },
      history,
      state: () => chat.state,
      matching: () => [],
      report: () => {},
    },
    { name: '田中', password: 'correct horse' },
    { address: '192.0.2.1', isWanted: () => true },
  )
  turns = 1000
  expect(answer).toMatchObject({ ok: true, conversations: [] })
  expect('rooms' in answer && answer.rooms).toHaveLength(ROOMS_PER_MEMBER)
  expect(most).toBe(PLACES_AT_ONCE)
})
