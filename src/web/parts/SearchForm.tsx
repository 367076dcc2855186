/** The field of the search, in the header. */
import { type FormEvent, useEffect, useRef } from 'react'
import { Icon } from './controls/Icon.tsx'

export function SearchForm({
  onSearch,
  onClose,
}: {
  readonly onSearch: (words: string) => void
  readonly onClose: () => void
}) {
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => field.current?.focus(), [])
  function submit(event: FormEvent): void {
    event.preventDefault()
    const words = field.current?.value.trim() ?? ''
    if (words !== '') onSearch(words)
  }
  return (
    <search>
      <form className="search-form" onSubmit={submit}>
        <input
          ref={field}
          type="search"
          aria-label="Search messages"
          placeholder="Search…"
          maxLength={256}
          dir="auto"
        />
        <button type="button" className="icon" aria-label="Close the search" onClick={onClose}>
          <Icon name="close" />
        </button>
      </form>
    </search>
  )
}
