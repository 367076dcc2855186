/** A thread of its own: its questions, its bound, and its death. */
import { describe, expect, onTestFinished, test } from 'vitest'
import { Thread } from '../../../../../src/server/ingress/authentication/passkeys/thread.ts'

/** A thread that answers a number with its double, and does not survive other messages. */
const CODE = `
  import { parentPort } from 'node:worker_threads'
  parentPort.on('message', ({ id, question }) => {
    if (question === 'throw') throw new Error('it is out of its mind')
    if (question === 'exit') process.exit(7)
    if (question !== 'hang') parentPort.postMessage({ id, answer: question * 2 })
  })`

function doubling(most = 8, code = CODE): Thread<number | string, number> {
  const thread = new Thread<number | string, number>(new URL(`data:text/javascript,${encodeURIComponent(code)}`), most)
  onTestFinished(() => thread.close())
  return thread
}

describe('[I5] a thread', () => {
  test('answers each question, in order', async () => {
    const thread = doubling()
    expect(await Promise.all([1, 2, 3].map(number => thread.ask(number)))).toEqual([2, 4, 6])
  })

  test('takes no more questions than may wait, and further ones when those are answered', async () => {
    const thread = doubling(2)
    const [one, two, three] = [thread.ask(1), thread.ask(2), thread.ask(3)]
    expect(three).toBeNull()
    expect(await Promise.all([one, two])).toEqual([2, 4])
    expect(await thread.ask(3)).toBe(6)
  })

  test.each([
    ['throw', 'it is out of its mind'],
    ['exit', 'The thread has ended with code 7.'],
  ])('that dies of a question (%s) fails what it was asked, and another takes its place', async (deadly, why) => {
    const thread = doubling()
    const asked = [thread.ask('hang'), thread.ask(deadly), thread.ask(1)]
    for (const one of asked) await expect(one).rejects.toThrow(why)
    expect(await thread.ask(4)).toBe(8)
  })

  test('that cannot be started fails what it was asked, each time', async () => {
    const thread = doubling(8, 'this is no program')
    await expect(thread.ask(1)).rejects.toThrow(SyntaxError)
    await expect(thread.ask(1)).rejects.toThrow(SyntaxError)
  })

  test('that is closed answers nothing more', async () => {
    const thread = doubling()
    const asked = thread.ask('hang')
    thread.close()
    await expect(asked).rejects.toThrow('The server is closed.')
  })
})
