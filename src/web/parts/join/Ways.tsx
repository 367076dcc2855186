/** The other ways in: the form turns from one to another and keeps the typed text. */
import type { Mode } from './wish.ts'

const WAYS: readonly (readonly [Mode, string])[] = [
  ['sign-in', 'Sign in'],
  ['create', 'Create an account'],
  ['guest', 'Join as a guest'],
]

export function Ways({ mode, onTurn }: { readonly mode: Mode; readonly onTurn: (next: Mode) => void }) {
  return (
    <p className="ways">
      {WAYS.filter(([way]) => way !== mode).map(([way, label]) => (
        <button key={way} type="button" className="quiet-button" onClick={() => onTurn(way)}>
          {label}
        </button>
      ))}
    </p>
  )
}
