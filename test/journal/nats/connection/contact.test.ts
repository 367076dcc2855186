/** A node's reports of its connection to the brokers: one loss, and one return, however often it is made again. */
import { expect, test } from 'vitest'
import type { ConnectionEvent } from '../../../../src/journal/nats/connection/connection-event.ts'
import { Contact } from '../../../../src/journal/nats/connection/contact.ts'

function contact() {
  const heard: ConnectionEvent[] = []
  const time = { now: 0 }
  const one = new Contact(
    'a:4222',
    () => time.now,
    event => heard.push(event),
  )
  return { one, time, news: () => heard.splice(0) }
}

test('[R14] a node that is connected says so once', () => {
  const { one, news } = contact()
  expect(news()).toEqual([{ type: 'connected', broker: 'a:4222', ms: null }])
  one.answered()
  expect(news()).toEqual([])
})

test('[R14] a broker that is lost is said once, and its return when something was answered, with how long it took', () => {
  const { one, time, news } = contact()
  news()
  time.now = 1000
  one.disconnected('a:4222')
  expect([one.isUp, ...news()]).toEqual([false, { type: 'lost', broker: 'a:4222' }])
  time.now = 1300
  one.reconnected('b:4222')
  expect([one.isUp, ...news()]).toEqual([true])
  time.now = 3000
  one.answered()
  one.answered()
  expect(news()).toEqual([{ type: 'connected', broker: 'b:4222', ms: 2000 }])
})

test('[R14] brokers that take the connection and answer nothing are no return', () => {
  const { one, time, news } = contact()
  news()
  for (let now = 0; now < 60_000; now += 3000) {
    time.now = now
    one.disconnected('a:4222')
    // An answer that was under way.
    one.answered()
    one.reconnected('c:4222')
  }
  expect(news()).toEqual([{ type: 'lost', broker: 'a:4222' }])
  one.answered()
  expect(news()).toEqual([{ type: 'connected', broker: 'c:4222', ms: 57_000 }])
})
