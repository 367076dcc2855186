// Links of strangers, given to the browser of this machine.
import { describe, expect, test } from 'vitest'
import { linkOpener, openerOf } from '../../../src/program/terminal/open-link.ts'

const DESK = { DISPLAY: ':0' }

describe('the program that opens links', () => {
  test('is that of the system', () => {
    expect(openerOf(DESK, 'linux')).toEqual(['xdg-open'])
    expect(openerOf({ WAYLAND_DISPLAY: 'wayland-0' }, 'freebsd')).toEqual(['xdg-open'])
    expect(openerOf({}, 'darwin')).toEqual(['open'])
    expect(openerOf({}, 'win32')?.[0]).toBe('rundll32')
  })

  test('is none without a display, and over ssh', () => {
    expect(openerOf({}, 'linux')).toBeNull()
    expect(openerOf({ ...DESK, SSH_CONNECTION: '10.0.0.1 1 10.0.0.2 22' }, 'linux')).toBeNull()
    expect(openerOf({ SSH_TTY: '/dev/ttys001' }, 'darwin')).toBeNull()
  })

  test.each(['file:///etc/passwd', 'javascript:alert(1)', '--version', 'ssh://a', '', 'vscode://x'])(
    'gets no %j',
    href => {
      expect(linkOpener(DESK, 'linux')(href)).toBe(false)
    },
  )
})
