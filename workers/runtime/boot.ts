import type { Readable } from 'node:stream'
import { workerBootSchema, type WorkerBoot } from '../../contracts/worker.ts'

/** Longer than any boot line; a stream without a line break must not fill the memory. */
const longestLine = 1024 * 1024

/** The worker got no boot line it can use; the message names why and never quotes the line, for it holds the token. */
export class BootError extends Error {}

/**
 * Reads the one JSON line a worker is started with. The stream stays open and keeps flowing:
 * its end is how the worker learns that its parent died.
 *
 * @param timeoutMs how long the line may take to come
 * @throws BootError where it is late, cut off, too long, no JSON, or not what the protocol says
 */
export async function readBootLine(input: Readable, timeoutMs = 10_000): Promise<WorkerBoot> {
  const line = await readLine(input, timeoutMs)
  const checked = workerBootSchema.safeParse(parseJson(line))
  if (checked.success) return checked.data
  const fields = checked.error.issues.map((issue) => issue.path.join('.') || 'the line itself')
  throw new BootError(`The boot line does not follow the protocol: check ${[...new Set(fields)].join(', ')}.`)
}

function readLine(input: Readable, timeoutMs: number): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = ''
    const onData = (chunk: Buffer | string): void => {
      text += chunk.toString()
      const end = text.indexOf('\n')
      if (end >= 0) settle(() => resolve(text.slice(0, end)))
      else if (text.length > longestLine) settle(() => reject(new BootError('The boot line is too long.')))
    }
    const onEnd = (): void => settle(() => reject(new BootError('The input ended before the boot line.')))
    const late = (): void =>
      settle(() => reject(new BootError(`No boot line came within ${timeoutMs / 1000} s.`)))
    const timer = setTimeout(late, timeoutMs)
    function settle(answer: () => void): void {
      clearTimeout(timer)
      input.off('data', onData).off('end', onEnd).off('error', onEnd)
      answer()
    }
    input.on('data', onData).on('end', onEnd).on('error', onEnd)
  })
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    // The parser's own message quotes the text, and with it perhaps the token.
    throw new BootError('The boot line is not JSON.')
  }
}
