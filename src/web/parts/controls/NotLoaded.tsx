/** In place of a panel that can't be loaded: without a connection, or from a server that has another version by now. */
import { Dialog } from './Dialog.tsx'

export function NotLoaded({ onClose }: { readonly onClose: () => void }) {
  return (
    <Dialog name="missing" title="Not loaded" closing="Close" onClose={onClose}>
      <p>This panel could not be loaded. Check the connection, and reload the page.</p>
    </Dialog>
  )
}
