/** Accounts and invites at the host's drawn console, on a real pseudo-terminal. */
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { openDrawn } from '../helpers/drawn.ts'
import { launcherOf } from '../helpers/program.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'
import { KEYS } from '../helpers/terminal.ts'

const NODE = join(import.meta.dirname, '../../node_modules/node/bin/node')
const SECRET = /[0-9a-f]{5}(?:-[0-9a-f]{5}){3}/

async function hosting(columns: number, rows: number) {
  const command = [NODE, launcherOf('rxchat-server'), '--port', '0', '--ephemeral']
  const screen = openDrawn(command, { columns, rows }, { XDG_STATE_HOME: temporaryFolder() })
  await screen.has('HELP lists')
  const text = (): string => screen.rows().join('\n')
  return {
    ...{ screen, text },
    type: (line: string): void => screen.type(`${line}${KEYS.enter}`),
    async close(): Promise<void> {
      screen.type(KEYS.escape)
      await screen.shows('the events', lines => !lines.join('\n').includes('this one time only'))
    },
  }
}

describe("[I14] the host's drawn console", () => {
  test('shows a password until it is closed, and keeps it nowhere', async () => {
    const { screen, text, type, close } = await hosting(100, 30)
    type('ACCOUNT ADD 田中')
    await screen.has('Esc closes this.')
    const [secret = ''] = SECRET.exec(text()) ?? []
    expect(secret).not.toBe('')
    await close()
    await screen.has('ACCOUNT: 田中 is added.')
    for (const key of [KEYS.pageUp, KEYS.pageDown, KEYS.up]) screen.type(key)
    await screen.has('Host › ACCOUNT ADD 田中')
    expect(text()).not.toContain(secret)
  })

  test('shows the QR code of an invite in a window of 80 by 24, and its link in any', async () => {
    const { screen, text, type, close } = await hosting(80, 24)
    type('INVITE --room ops')
    await screen.has('#invite=')
    expect(text()).toMatch(/█{37}/)
    expect(text()).toMatch(/#invite=[0-9a-f]{32}&room=ops/)
    const [link = ''] = /#invite=[0-9a-f]{32}/.exec(text()) ?? []
    await close()
    await screen.has('INVITE ')
    await screen.has('for one person')
    expect(text()).not.toContain(link)
    const small = await hosting(40, 12)
    small.type('INVITE')
    await small.screen.has('The code needs a window of')
    expect(small.text().replaceAll(/\s/g, '')).toMatch(/#invite=[0-9a-f]{32}/)
  })

  test('lists accounts over the whole screen, page by page', async () => {
    const { screen, type, close } = await hosting(80, 24)
    type('ACCOUNT ADD Mr.Blue')
    await screen.has('Esc closes this.')
    await close()
    await screen.has('is added')
    type('ACCOUNT LIST')
    await screen.has('SIGNS IN WITH')
    await screen.has('Mr.Blue')
  })
})
