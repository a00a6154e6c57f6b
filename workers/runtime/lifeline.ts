import type { Readable } from 'node:stream'

/**
 * Calls `onEnd` once when the parent's end of the stream is gone, however it went: closed, crashed or killed.
 * Whatever else the parent writes is thrown away.
 */
export function watchLifeline(input: Readable, onEnd: () => void): void {
  let ended = false
  const end = (): void => {
    if (ended) return
    ended = true
    onEnd()
  }
  input.on('end', end).on('close', end).on('error', end)
  input.resume()
  if (input.readableEnded || input.destroyed) end()
}
