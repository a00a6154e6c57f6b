const key = 'mysticanvas-reloaded-at'
const patience = 30_000

/** Loads the page anew where a part of it is gone because MystiCanvas was updated meanwhile; not twice in a row. */
export function reloadAfterUpdate(): void {
  window.addEventListener('vite:preloadError', (event) => {
    if (Date.now() - Number(sessionStorage.getItem(key) ?? 0) < patience) return
    event.preventDefault()
    sessionStorage.setItem(key, String(Date.now()))
    window.location.reload()
  })
}
