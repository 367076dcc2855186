/** The keys of the page. */

const KEYS: readonly (readonly [keys: readonly string[], what: string])[] = [
  [['Enter'], 'send; on a phone: a new line'],
  [['Shift', 'Enter'], 'a new line'],
  [['Tab'], 'complete a command, a name, a room'],
  [['↑', '↓'], 'recall what you wrote'],
  [['Alt', '↑ ↓'], 'the previous or next place'],
  [['Alt', 'A'], 'the next unread place'],
  [['Ctrl', 'K'], 'search'],
  [['Page ↑ ↓'], 'scroll'],
  [['Esc'], 'close what is open, or go to the latest message'],
  [['↑', '↓'], 'in the list: from message to message'],
  [['←', '→'], 'at a message: along its actions'],
  [['Enter'], 'at a message: its menu'],
  [['Delete'], 'at a message of yours: delete it'],
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
