/** A day of somebody who keeps a room, at a terminal: trouble comes by two protocols, and is dealt with by the means at hand. */
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openDrawn } from '../helpers/drawn.ts'
import { launcherOf, startServer } from '../helpers/program.ts'
import { dial, dialNative } from '../helpers/sockets.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'
import { KEYS } from '../helpers/terminal.ts'

const NODE = join(import.meta.dirname, '../../node_modules/node/bin/node')
const SIZE = { columns: 110, rows: 40 }
const json = (object: object): string => `${JSON.stringify(object)}\n`

test('[Z3][Z4][Z7][Z11][Z14] trouble comes, and a keeper slows, mutes, bans, sees it end, reads the log, and tries a filter', async () => {
  const server = await startServer()
  const keeper = openDrawn(
    [NODE, launcherOf('rxchat'), `127.0.0.1:${server.port}`, '--name', '田中', '--room', 'class-7b'],
    SIZE,
    { XDG_STATE_HOME: temporaryFolder() },
  )
  await keeper.has('online')
  const does = (command: string): void => keeper.type(`${command}${KEYS.enter}`)
  const trouble = await dialNative(server.port, 'Spider-Man')
  trouble.send(json({ type: 'join', room: 'class-7b' }))
  await keeper.has('Spider-Man entered')
  const says = (text: string): void => trouble.send(json({ type: 'say', room: 'class-7b', text }))
  for (const text of ['buy now', 'buy it now', 'hello all', 'BUY  NOW']) says(text)
  await keeper.has('BUY  NOW')

  does('/slow 1h')
  await keeper.has('put #class-7b in slow mode')
  says('buy more')
  await trouble.heard.has('"code":"slowed"')
  await trouble.heard.has('You can write again in')
  does('/slow off')
  await keeper.has('took the mode slow of #class-7b away')

  does('/mute spider-man for 10m flooding')
  await keeper.has('田中 muted Spider-Man in #class-7b for 10 min (flooding).')
  says('can you hear me')
  await trouble.heard.has('You are muted in #class-7b for 10 min more, by 田中: flooding.')
  trouble.send(json({ type: 'nick', name: 'Somebody' }))
  await trouble.heard.until(() => trouble.heard.lines.filter(line => line.includes('"code":"muted"')).length === 2)
  does('/unmute Spider-Man')
  await keeper.has('ended the mute of Spider-Man')

  does('/ban Spider-Man for 2s third time')
  await keeper.has('banned Spider-Man from #class-7b for 2 s (third time)')
  trouble.send(json({ type: 'join', room: 'class-7b' }))
  await trouble.heard.has('"code":"banned-here"')
  const lookalike = await dial(server.port)
  lookalike.send('Spider-Мan\n')
  await lookalike.heard.has('is taken by')
  await keeper.has('The ban of Spider-Man from #class-7b is over.')
  trouble.send(json({ type: 'join', room: 'class-7b' }))
  await trouble.heard.until(() => trouble.heard.lines.filter(line => line.includes('"type":"room"')).length === 3)

  does('/log Spider-Man')
  await keeper.has('Acts of #class-7b')
  const log = (await keeper.has('] The ban of Spider-Man')).join('\n')
  expect(log).toMatch(/muted Spider-Man[\s\S]*ended the mute[\s\S]*banned Spider-Man[\s\S]*is over/)

  does('/try filter refuse buy now over 1h')
  // "buy it now" is other words.
  await keeper.has('2 of')
  does('/filter refuse buy now')
  await keeper.has('added word filter')
  says('ｂｕｙ nów')
  await trouble.heard.has('"code":"filtered"')
  says('good morning')
  await keeper.has('good morning')
  expect(keeper.rows().join('\n')).not.toContain('nów')
})
