/** The bar of actions that floats at a message, on hover and on focus. The arrow keys go along it (list-keys.ts). */
import type { Said } from '../../../../client/chat/conversation/timeline.ts'
import { Icon } from '../../controls/Icon.tsx'
import { SureButton } from '../../controls/SureButton.tsx'
import type { Menus } from '../../menu/menus.ts'

type Props = { readonly said: Said; readonly menus: Menus }

export function Bar({ said, menus }: Props) {
  return (
    <div className="bar">
      {menus.quick(said).map(({ label, icon, keyName, question, run }) =>
        question === undefined ? (
          <button
            key={label}
            type="button"
            className="act"
            tabIndex={-1}
            title={label}
            aria-label={label}
            data-key={keyName}
            onClick={event => run(event.currentTarget)}
          >
            <Icon name={icon} />
          </button>
        ) : (
          <SureButton
            key={label}
            label={label}
            icon={icon}
            question={question}
            className="act"
            tabIndex={-1}
            keyName={keyName}
            onSure={() => run(document.body)}
          />
        ),
      )}
      <button
        type="button"
        className="act more"
        tabIndex={-1}
        aria-haspopup="menu"
        aria-label={`More about the message of ${said.from}`}
        title="More"
        data-key="Enter"
        onClick={event => menus.onMessage(said, event.currentTarget)}
      >
        <Icon name="more" />
      </button>
    </div>
  )
}
