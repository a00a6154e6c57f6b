// Applies the chosen colours before the first paint. Dark unless a person chose otherwise.
try {
  const chosen = localStorage.getItem('mysticanvas-theme') ?? 'dark'
  const dark = chosen === 'dark' || (chosen === 'auto' && matchMedia('(prefers-color-scheme: dark)').matches)
  document.documentElement.classList.toggle('dark', dark)
} catch {
  // Without storage the page stays dark.
}
