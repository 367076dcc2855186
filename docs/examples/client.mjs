// A whole client, written from docs/protocol.md: node client.mjs NAME [PORT] [HOST]. It says each line of its input when
// the one before it is acknowledged, and prints what people say. Exit codes are those of `rxchat`.
import { connect } from 'node:net'
import { createInterface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'

const [name, port = '3001', host = 'localhost'] = process.argv.slice(2)
let n = 0
let allSaid = true
let exitCode = 3 // until the server says goodbye
let answered = () => {}

const socket = connect(Number(port), host).on('close', () => process.exit(exitCode))
const replies = createInterface({ input: socket }).on('line', line => hear(JSON.parse(line)))
replies.on('error', ({ message }) => console.error(message))

function hear(reply) {
  const { type, code, from, text, message } = reply
  if (type === 'said') console.log(`${from}: ${text}`)
  if (type === 'ping') socket.write('{"type":"pong"}\n')
  if (type === 'rejected' || (type === 'closed' && code !== 'bye')) console.error(message)
  if (type === 'closed') exitCode = { bye: allSaid ? 0 : 6, kicked: 5 }[code] ?? 3
  if (['welcome', 'ok', 'rejected', 'closed'].includes(type)) answered(reply)
}

function ask(request) {
  socket.write(`${JSON.stringify(request)}\n`)
  return new Promise(resolve => (answered = resolve))
}

async function say(text) {
  const { type, retry } = await ask({ type: 'say', n: ++n, text })
  if (type === 'rejected' && retry) return wait(1000).then(() => say(text)) // a rejection consumes its number
  if (type === 'rejected') allSaid = false
}

if ((await ask({ type: 'hello', name })).type === 'rejected') process.exit(4)
for await (const line of createInterface({ input: process.stdin })) await say(line)
while ((await ask({ type: 'bye' })).type === 'rejected') await wait(1000)
