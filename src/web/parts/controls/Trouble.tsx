/** An error, at its cause. It goes when the user continues or closes it. */
import { Icon } from './Icon.tsx'
export function Trouble({ message, onClose }: { readonly message: string; readonly onClose: () => void }) {
  return (
    <div className="trouble" role="alert">
      <span dir="auto">{message}</span>
      <button type="button" className="icon" aria-label="Close this message" onClick={onClose}>
        <Icon name="close" />
      </button>
    </div>
  )
}
