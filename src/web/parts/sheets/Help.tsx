/** The commands, from their table, and the keys. */
import { usage } from '../../../model/slash/help.ts'
import { SLASH_GROUPS } from '../../../model/slash.ts'
import { Dialog } from '../controls/Dialog.tsx'
import { Keys } from '../settings/Keys.tsx'
import type { SheetProps } from './sheet-props.ts'

export function Help({ onClose }: Pick<SheetProps, 'onClose'>) {
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
      <Keys />
      <p className="quiet">Put `code` between backticks, and blocks of code between lines of ```.</p>
    </Dialog>
  )
}
