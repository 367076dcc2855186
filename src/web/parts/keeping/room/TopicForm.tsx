/** The topic of a room, to be changed. */
import { useState } from 'react'

type Props = { readonly topic: string; readonly isBusy: boolean; readonly onSet: (topic: string) => void }

export function TopicForm({ topic, isBusy, onSet }: Props) {
  const [text, setText] = useState(topic)
  return (
    <form
      className="one-line"
      onSubmit={event => {
        event.preventDefault()
        onSet(text.trim())
      }}
    >
      <input
        aria-label="Topic"
        placeholder="What this room is about"
        value={text}
        autoComplete="off"
        dir="auto"
        onChange={event => setText(event.target.value)}
      />
      <button type="submit" disabled={isBusy || text.trim() === topic}>
        Set
      </button>
    </form>
  )
}
