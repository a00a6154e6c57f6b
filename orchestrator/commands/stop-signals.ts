/**
 * Waits until this program is to end: by a signal, or because the program that started it is gone.
 * A second signal ends it at once, as people expect who press Ctrl+C twice.
 */
export function whenAskedToStop(): Promise<void> {
  return new Promise((resolve) => {
    let asked = false
    const ask = () => {
      if (asked) process.exit(130)
      asked = true
      resolve()
    }
    process.on('SIGINT', ask)
    process.on('SIGTERM', ask)
    process.on('SIGHUP', ask)
    process.on('disconnect', () => {
      if (!asked) ask()
    })
    // The listener alone must not keep the program alive.
    process.channel?.unref()
  })
}
