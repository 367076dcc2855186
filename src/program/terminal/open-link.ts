/** Opens links in the browser of this machine, by the program that its system has for that. */
import { spawn } from 'node:child_process'

/** Schemes that may be opened. A link comes from a stranger's message. */
const SCHEMES = new Set(['http:', 'https:', 'mailto:'])

/** Opens a link. False: there is no browser here, as on a machine that one is on by ssh. */
export function linkOpener(env: NodeJS.ProcessEnv, platform: NodeJS.Platform = process.platform) {
  const command = openerOf(env, platform)
  return (href: string): boolean => {
    if (command === null || !URL.canParse(href) || !SCHEMES.has(new URL(href).protocol)) return false
    const [program = '', ...words] = command
    const child = spawn(program, [...words, new URL(href).href], { stdio: 'ignore', detached: true })
    // The program isn't installed. The user sees that nothing opens.
    child.on('error', () => {})
    child.unref()
    return true
  }
}

/** No shell reads the link. Null: nothing can be shown here. */
export function openerOf(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): readonly string[] | null {
  if (env['SSH_CONNECTION'] || env['SSH_TTY']) return null
  switch (platform) {
    case 'darwin':
      return ['open']
    case 'win32':
      return ['rundll32', 'url.dll,FileProtocolHandler']
    default:
      return env['DISPLAY'] || env['WAYLAND_DISPLAY'] ? ['xdg-open'] : null
  }
}
