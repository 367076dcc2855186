import { memoryJournal } from '../../src/journal/memory.ts'

/** A journal that has erased, and says so only when the test lets it: in the middle of an edit there is no text. */
export function heldErasing() {
  const inner = memoryJournal('epoch')
  const held: (() => void)[] = []
  let isOpen = false
  const erase: typeof inner.erase = async seqs => {
    await inner.erase(seqs)
    if (!isOpen) await new Promise<void>(resolve => held.push(resolve))
  }
  function open(): void {
    isOpen = true
    for (const resolve of held.splice(0)) resolve()
  }
  return { journal: { ...inner, erase }, open, openLast: () => held.pop()?.() }
}
