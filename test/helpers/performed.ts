/** The messages in a directory's journal, as a start would find them. A copy is read, so the files stay as they are. */
import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { openStore } from '../../src/journal/sqlite/store.ts'
import { initialState } from '../../src/model/state.ts'
import { step } from '../../src/reducer/step.ts'
import { entriesIn } from './recorded.ts'
import { temporaryFolder } from './temporary-folder.ts'

/** The texts that became messages, in order. A repeat that was only answered again does not count. */
export async function performedTexts(directory: string): Promise<readonly string[]> {
  const copy = join(temporaryFolder(), 'copy')
  cpSync(directory, copy, { recursive: true })
  const { journal } = openStore(copy, () => 'unused')
  const texts: string[] = []
  let state = initialState
  for (const entry of await entriesIn(journal)) {
    const done = step(state, entry)
    state = done.after
    if (done.events.some(({ event }) => event.type === 'said')) texts.push(entry.texts.text ?? '')
  }
  await journal.close()
  return texts
}
