import { renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import pino from 'pino'

/** A log file is set aside once it is larger, also while the product runs; 10 MiB. */
export const rotateBeyondBytes = 10 * 1024 * 1024

/** So many files are kept beside the one that is written to: the log takes 50 MiB at most. */
const keptFiles = 4

/** What cannot be written is kept up to here, and then dropped; 1 MiB. */
const mostUnwritten = 1024 * 1024

/** The files of the log, the newest first; `number` 0 is the one that is written to. */
export function logFile(folder: string, number: number): string {
  return join(folder, number === 0 ? 'orchestrator.log' : `orchestrator.${number}.log`)
}

/** Every file the log may consist of, the oldest first. */
export function logFiles(folder: string): string[] {
  return Array.from({ length: keptFiles + 1 }, (_, index) => logFile(folder, keptFiles - index))
}

/** The end of the log, to be written to. */
export interface LogDestination {
  write(line: string): void
}

/**
 * Opens the log for writing, in files of bounded size and number. The stream is reopened by its own means; the packages
 * that rotate write later than they are told to, and the last line before a crash is the one that matters.
 *
 * @param limit bytes after which a file is set aside
 */
export function openLogFiles(folder: string, limit = rotateBeyondBytes): LogDestination {
  const path = logFile(folder, 0)
  let bytes = statSync(path, { throwIfNoEntry: false })?.size ?? 0
  if (bytes > limit) bytes = setAside(folder)
  // Written at once: the last line before a crash is not lost, and an exit never waits for a disk that is full.
  const destination = pino.destination({ dest: path, sync: true, mkdir: true, maxLength: mostUnwritten })
  // Where nothing can be logged, as on a full disk, everything else goes on.
  destination.on('error', () => undefined)
  let isOpening = true
  destination.on('ready', () => (isOpening = false))
  return {
    write(line) {
      destination.write(line)
      bytes += Buffer.byteLength(line)
      if (bytes <= limit || isOpening) return
      bytes = setAside(folder)
      isOpening = true
      destination.reopen()
    },
  }
}

/** Moves each file one place on, over the oldest; the size of the new one. */
function setAside(folder: string): number {
  try {
    for (let number = keptFiles; number > 0; number -= 1) {
      const younger = logFile(folder, number - 1)
      if (statSync(younger, { throwIfNoEntry: false }) !== undefined)
        renameSync(younger, logFile(folder, number))
    }
  } catch {
    // As where another program holds the file open on Windows: the log goes on in the same file, and tries again later.
  }
  return 0
}
