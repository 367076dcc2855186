import { connect } from 'rxchat'

const room = connect(process.argv[2], { name: 'dice' }).room('lobby')

room.said$.subscribe(async ({ from, text, replayed }) => {
  if (replayed || text !== '!roll') return
  await room.say(`${from} rolls ${1 + Math.floor(Math.random() * 6)}`)
})
