/** The worker that opens the page while the server is away. Browsers have it for HTTPS and for this machine alone. */

export function registerWorker(): void {
  // Where there's none, or the browser doesn't accept the certificate, the page works without.
  navigator.serviceWorker?.register('/sw.js', { updateViaCache: 'none' }).catch(() => {})
}
