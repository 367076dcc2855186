/** The marks of a message, its author's and those of its mentions, in every place in which a program reads it. */
import { expect, test } from 'vitest'
import { apiAt, tokenOf } from '../../helpers/api.ts'
import { openHosting } from '../../helpers/hosting.ts'
import { dialNative } from '../../helpers/sockets.ts'

test('[A1] a page of messages and its search have the marks of an account and of mentions, and of nothing else', async () => {
  const { server, port, host } = await openHosting()
  const { ask, post } = await apiAt(host, await tokenOf(server))
  const tanaka = await dialNative(port, '田中')
  tanaka.send('{"type":"register","n":1,"password":"a long sentence"}\n')
  await tanaka.heard.has('"type":"ok","n":1')
  const blue = await dialNative(port, 'Mr.Blue')
  blue.send('{"type":"say","n":1,"text":"good morning"}\n')
  await blue.heard.has('"type":"ok","n":1')
  tanaka.send('{"type":"say","n":2,"text":"hello Mr.Blue"}\n')
  await tanaka.heard.has('"type":"ok","n":2')
  await post('lobby', { text: 'deployed for 田中' })
  const idOf = (name: string): string => /"id":"([^"]+)"/.exec((name === '田中' ? tanaka : blue).heard.text)?.[1] ?? ''
  const { body } = await ask('/api/rooms/lobby/messages')
  expect(body['messages']).toEqual([
    { ...unmarked(body, 0), text: 'good morning', from: 'Mr.Blue' },
    { ...unmarked(body, 1), text: 'hello Mr.Blue', from: '田中', account: true, mentions: [idOf('Mr.Blue')] },
    { ...unmarked(body, 2), text: 'deployed for 田中', from: 'ci', mentions: [idOf('田中')] },
  ])
  const found = await ask('/api/rooms/lobby/messages?q=hello')
  expect(found.body['messages']).toMatchObject([{ account: true, mentions: [idOf('Mr.Blue')] }])
})

/** A message without the marks of this test. */
function unmarked(body: Record<string, unknown>, at: number): object {
  const { account: _, mentions: __, ...rest } = (body['messages'] as Record<string, unknown>[])[at] ?? {}
  return rest
}
