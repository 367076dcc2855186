/** First in, first out, for everybody, even when a message is posted while another is being handled. */
import { expect, test } from 'vitest'
import { Mailbox } from '../../src/actor/mailbox.ts'

test('a message posted while another is handled waits its turn, in the eyes of every subscriber', () => {
  const box = new Mailbox<string>()
  const seen: string[][] = [[], [], []]
  box.messages$.subscribe(message => {
    seen[0]?.push(message)
    if (message === 'a') for (const next of ['b', 'c']) box.post(next)
    if (message === 'b') box.post('d')
  })
  box.messages$.subscribe(message => {
    seen[1]?.push(message)
    if (message === 'c') box.post('e')
  })
  box.messages$.subscribe(message => seen[2]?.push(message))
  box.post('a')
  box.post('f')
  expect(seen).toEqual([0, 1, 2].map(() => ['a', 'b', 'c', 'd', 'e', 'f']))
})

test('handling is finished before the next message begins', () => {
  const box = new Mailbox<number>()
  const trace: string[] = []
  box.messages$.subscribe(message => {
    trace.push(`begin ${message}`)
    if (message < 2) box.post(message + 1)
    trace.push(`end ${message}`)
  })
  box.post(0)
  expect(trace).toEqual([0, 1, 2].flatMap(message => [`begin ${message}`, `end ${message}`]))
})

test('a long queue costs no stack and keeps its order', () => {
  const box = new Mailbox<number>()
  let last = -1
  box.messages$.subscribe(message => {
    expect(message).toBe(last + 1)
    last = message
    if (message < 100_000) box.post(message + 1)
  })
  box.post(0)
  expect(last).toBe(100_000)
})

test('a closed mailbox completes, and what is posted afterwards is lost', () => {
  const box = new Mailbox<string>()
  const seen: string[] = []
  box.messages$.subscribe({ next: message => seen.push(message), complete: () => seen.push('end') })
  box.post('a')
  box.close()
  box.close()
  box.post('b')
  expect(seen).toEqual(['a', 'end'])
})

test('closed while a message is handled, it completes after what was posted before', () => {
  const box = new Mailbox<string>()
  const seen: string[] = []
  box.messages$.subscribe({
    next(message) {
      seen.push(message)
      if (message !== 'a') return
      box.post('b')
      box.close()
      box.post('c')
    },
    complete: () => seen.push('end'),
  })
  box.post('a')
  expect(seen).toEqual(['a', 'b', 'end'])
})

test('a subscriber that went away hears no more, the others do', () => {
  const box = new Mailbox<string>()
  const seen: string[] = []
  const first = box.messages$.subscribe(message => {
    seen.push(`first ${message}`)
    first.unsubscribe()
  })
  box.messages$.subscribe(message => seen.push(`second ${message}`))
  box.post('a')
  box.post('b')
  expect(seen).toEqual(['first a', 'second a', 'second b'])
})
