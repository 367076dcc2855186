/** The keys of the page. */

const KEYS: readonly (readonly [keys: readonly string[], what: string])[] = [
  [['Enter'], 'send; on a phone: a new line'],
  [['Shift', 'Enter'], 'a new line'],
  [['Tab'], 'complete a command, a name, a room'],
  [['↑'], 'in an empty field: edit your latest message'],
  [['Ctrl', '↑ ↓'], 'recall what you wrote'],
  [['Alt', '↑ ↓'], 'the previous or next place'],
  [['Alt', 'A'], 'the next unread place'],
  [['Ctrl', 'K'], 'search'],
  [['Page ↑ ↓'], 'scroll'],
  [['Esc'], 'close what is open, or go to the latest message'],
  [['↑', '↓'], 'in the list: from message to message'],
  [['←', '→'], 'at a message: along its actions, files and reactions'],
  [['Enter'], 'at a message: its menu'],
  [['+'], 'at a message: react to it'],
  [['R'], 'at a message: reply to it'],
  [['E'], 'at a message of yours: edit it'],
  [['Delete'], 'at a message of yours: delete it'],
  [['+', '−', '0'], 'at a picture: larger, smaller, as it fits'],
]

export function Keys() {
  return (
    <section>
      <h3>Keys</h3>
      <dl className="keys">
        {KEYS.map(([keys, what]) => (
          <div key={what}>
            <dt>
              {keys.map(key => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
