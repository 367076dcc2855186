/** First in, first out, even when a message is posted while another is being handled. */
import { expect, test } from 'vitest'
import { Mailbox } from '../../src/actor/mailbox.ts'

test('a message posted while another is handled waits its turn', () => {
  const seen: string[] = []
  const box = new Mailbox<string>(message => {
    seen.push(message)
    if (message === 'a') for (const next of ['b', 'c']) box.post(next)
    if (message === 'b') box.post('d')
    if (message === 'c') box.post('e')
  })
  box.post('a')
  box.post('f')
  expect(seen).toEqual(['a', 'b', 'c', 'd', 'e', 'f'])
})

test('handling is finished before the next message begins', () => {
  const trace: string[] = []
  const box = new Mailbox<number>(message => {
    trace.push(`begin ${message}`)
    if (message < 2) box.post(message + 1)
    trace.push(`end ${message}`)
  })
  box.post(0)
  expect(trace).toEqual([0, 1, 2].flatMap(message => [`begin ${message}`, `end ${message}`]))
})

test('a long queue costs no stack and keeps its order', () => {
  let last = -1
  const box = new Mailbox<number>(message => {
    expect(message).toBe(last + 1)
    last = message
    if (message < 100_000) box.post(message + 1)
  })
  box.post(0)
  expect(last).toBe(100_000)
})

test('a closed mailbox is over once, and what is posted afterwards is lost', () => {
  const seen: string[] = []
  const box = new Mailbox<string>(
    message => seen.push(message),
    () => seen.push('end'),
  )
  box.post('a')
  box.close()
  box.close()
  box.post('b')
  expect(seen).toEqual(['a', 'end'])
})

test('closed while a message is handled, it is over behind what was posted before', () => {
  const seen: string[] = []
  const box = new Mailbox<string>(
    message => {
      seen.push(message)
      if (message !== 'a') return
      box.post('b')
      box.close()
      box.post('c')
    },
    () => seen.push('end'),
  )
  box.post('a')
  expect(seen).toEqual(['a', 'b', 'end'])
})

test('stopped while a message is handled, it drops what waits, and is never over', () => {
  const seen: string[] = []
  const box = new Mailbox<string>(
    message => {
      seen.push(message)
      box.post('b')
      box.stop()
      box.post('c')
    },
    () => seen.push('end'),
  )
  box.post('a')
  box.post('d')
  box.close()
  expect(seen).toEqual(['a'])
})
