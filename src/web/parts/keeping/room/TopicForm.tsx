/** The topic of a room, to be changed. */
import { useEffect, useState } from 'react'

type Props = { readonly topic: string; readonly onSet: (topic: string) => void }

export function TopicForm({ topic, onSet }: Props) {
  const [text, setText] = useState(topic)
  useEffect(() => setText(topic), [topic])
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
      <button type="submit" aria-label="Set the topic" disabled={text.trim() === topic}>
        Set
      </button>
    </form>
  )
}
