import { readFile } from 'node:fs/promises'
import { logFiles } from '../../foundation/log-files.ts'

/** A line of the log, parsed. */
export type LogLine = Readonly<Record<string, unknown>> & { readonly time: number }

const newline = 10

/**
 * The log lines of one request, the oldest first; those that name it only in passing are left out. The files are searched
 * as they lie, one after the other: 50 MiB at most, of which only the lines that are found are looked at.
 */
export async function findLogLines(folder: string, requestId: string): Promise<LogLine[]> {
  const found: LogLine[] = []
  for (const path of logFiles(folder)) {
    // A file may be missing, or be moved away just now.
    const content = await readFile(path).catch(() => Buffer.alloc(0))
    found.push(...linesWith(content, requestId))
  }
  return found.filter(({ request_id: of }) => of === requestId)
}

function* linesWith(content: Buffer, text: string): Generator<LogLine> {
  let at = content.indexOf(text)
  while (at >= 0) {
    const begin = content.lastIndexOf(newline, at) + 1
    const next = content.indexOf(newline, at)
    const end = next < 0 ? content.length : next
    const line = parse(content.toString('utf8', begin, end))
    if (line !== null) yield line
    at = content.indexOf(text, end)
  }
}

/** A line may be cut off by a crash, or by a disk that was full. */
function parse(text: string): LogLine | null {
  try {
    const line = JSON.parse(text) as LogLine
    return Number.isFinite(line.time) ? line : null
  } catch {
    return null
  }
}
