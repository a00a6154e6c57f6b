import type { Readable } from 'node:stream'
import { StringDecoder } from 'node:string_decoder'

/** A line that is longer is passed on in pieces of this many characters. */
const longestLine = 64 * 1024

/** Calls back with each line of a stream. A program that never ends its line does not fill the memory. */
export function readLines(stream: Readable, onLine: (line: string) => void, longest = longestLine): void {
  const decoder = new StringDecoder('utf8')
  let rest = ''
  stream.on('data', (chunk: Buffer) => {
    const lines = (rest + decoder.write(chunk)).split(/\r?\n/)
    rest = lines.pop() ?? ''
    for (const line of lines) passOn(line)
    while (rest.length > longest) {
      onLine(rest.slice(0, longest))
      rest = rest.slice(longest)
    }
  })
  // What the process said last may have no end.
  stream.once('end', () => {
    if (rest !== '') passOn(rest)
  })

  function passOn(line: string): void {
    for (let at = 0; at === 0 || at < line.length; at += longest) onLine(line.slice(at, at + longest))
  }
}
