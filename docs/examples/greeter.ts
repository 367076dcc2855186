// A bot that greets who comes, and answers who speaks to it alone: node greeter.ts [ADDRESS]

import { connect } from 'rxchat'
import { filter } from 'rxjs'

const chat = connect(process.argv[2], { name: 'greeter', rooms: ['lobby', 'ops'] })

chat.event$.subscribe(async event => {
  if (event.type !== 'joined' || event.replayed || event.name === chat.name) return
  await chat.room(event.room).say(`Welcome to #${event.room}, ${event.name}.`)
})

chat.told$.pipe(filter(({ own, replayed }) => !own && !replayed)).subscribe(async ({ from }) => {
  const there = await chat.rooms()
  await chat.tell(from, `There is talk in ${there.map(({ room }) => `#${room}`).join(', ')}.`)
})

process.once('SIGTERM', () => chat.leave('off home'))
