/** The commands, from their table, and the keys. */
import { usage } from '../../model/slash/help.ts'
import { SLASH_GROUPS } from '../../model/slash.ts'
import { Dialog } from './controls/Dialog.tsx'

const KEYS: readonly (readonly [string, string])[] = [
  ['Enter', 'send (on a phone: new line)'],
  ['Shift Enter', 'a new line'],
  ['Tab', 'complete a command, a name, a room'],
  ['↑ ↓', 'recall what you wrote'],
  ['Alt ↑ ↓', 'go to the previous or next place'],
  ['Alt A', 'go to the next unread place'],
  ['Page ↑ ↓', 'scroll'],
  ['↑ ↓ in the list', 'move between messages'],
  ['Enter on a message', 'its menu: copy, delete, about its author'],
  ['Delete', 'delete your selected message'],
  ['Ctrl K', 'search'],
  ['Esc', 'close what is open, or go to the latest message'],
]

export function Help({ onClose }: { readonly onClose: () => void }) {
  return (
    <Dialog name="help" title="Help" closing="Close help" onClose={onClose}>
      {SLASH_GROUPS.map(({ name, title, rows }) => (
        <section key={name}>
          <h3>{title}</h3>
          <dl>
            {rows.map(row => (
              <div key={row.name}>
                <dt>
                  <code>{usage(row)}</code>
                </dt>
                <dd>{row.help}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
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
      <p className="quiet">Put `code` between backticks, and blocks of code between lines of ```.</p>
    </Dialog>
  )
}
