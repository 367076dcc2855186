import { expect, test } from 'vitest'
import { newChat } from '../../src/client/chat/state.ts'
import { textOf, write } from '../../src/client/input/editor.ts'
import { loadEmojiNames } from '../../src/tui/chat/emoji.ts'
import { press } from '../../src/tui/chat/press.ts'
import { newUi } from '../../src/tui/chat/ui.ts'
import { FACE } from '../helpers/arbitrary-chats.ts'

test('[U4] Enter with the choices in sight takes one and says nothing; the next Enter says it', () => {
  const seen = { chat: newChat('ann', 'lobby', 0), size: { columns: 80, rows: 24 }, face: FACE }
  const key = (name: string) => ({ type: 'key', key: name }) as const
  const begun = { ...newUi('#lobby'), editor: write(newUi('#lobby').editor, '/h') }
  const [listed] = press(begun, key('tab'), seen)
  expect(listed.completing?.choices.length).toBeGreaterThan(1)
  const [taken, acts] = press(listed, key('enter'), seen)
  expect(acts).toEqual([])
  expect(taken.completing).toBeNull()
  expect(textOf(taken.editor)).toBe(textOf(listed.editor))
  const [, said] = press(taken, key('enter'), seen)
  expect(said).toEqual([{ type: 'enter', text: textOf(listed.editor) }])
})

test('[U4] the name of an emoji is the emoji with its last colon, and Tab completes it; a paste stays as it is', async () => {
  await loadEmojiNames()
  const seen = { chat: newChat('ann', 'lobby', 0), size: { columns: 80, rows: 24 }, face: FACE }
  const typed = (text: string) =>
    [...text].reduce((ui, char) => press(ui, { type: 'text', text: char }, seen)[0], newUi('#lobby'))
  expect(textOf(typed('at 10:30: :tada: so').editor)).toBe('at 10:30: 🎉 so')
  expect(textOf(typed('std::cout').editor)).toBe('std::cout')
  const [completed] = press(typed('a :tad'), { type: 'key', key: 'tab' }, seen)
  expect(textOf(completed.editor)).toBe('a 🎉 ')
  const [pasted] = press(newUi('#lobby'), { type: 'paste', text: ':tada:' }, seen)
  expect(textOf(pasted.editor)).toBe(':tada:')
})
