/** The commands, from their table, and the keys. */
import { SLASH_COMMANDS, usage } from '../../model/slash.ts'
import { Dialog } from './controls/Dialog.tsx'

const KEYS: readonly (readonly [string, string])[] = [
  ['Enter', 'send; on a phone a new line'],
  ['Shift Enter', 'a new line'],
  ['Tab', 'complete a command, a name, a room'],
  ['↑ ↓', 'what you wrote before'],
  ['Alt ↑ ↓', 'the place before, the next place'],
  ['Alt A', 'the next place with something unread'],
  ['Page ↑ ↓', 'scroll'],
  ['↑ ↓ in the list', 'from message to message'],
  ['Delete', 'delete the message of yours that is marked there'],
  ['Ctrl K', 'search'],
  ['Esc', 'close what is open, go to the end'],
]

export function Help({ onClose }: { readonly onClose: () => void }) {
  return (
    <Dialog name="help" title="Help" closing="Close help" onClose={onClose}>
      <h3>Commands</h3>
      <dl>
        {SLASH_COMMANDS.map(row => (
          <div key={row.name}>
            <dt>
              <code>{usage(row)}</code>
            </dt>
            <dd>{row.help}</dd>
          </div>
        ))}
      </dl>
      <h3>Keys</h3>
      <dl>
        {KEYS.map(([key, what]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <p className="quiet">`code` and blocks of code between lines of ``` are shown as such.</p>
    </Dialog>
  )
}
