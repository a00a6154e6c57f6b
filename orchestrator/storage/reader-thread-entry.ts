import { parentPort, workerData } from 'node:worker_threads'
import { ProductError, toErrorBody } from '../../contracts/errors.ts'
import type { ReadableDatabase } from './connection.ts'
import { openCheckedForReading } from './database.ts'
import type { ReaderAnswer, ReaderQuestion } from './reader-thread.ts'
import { readerOperations } from './search/reader-operations.ts'

const { path } = workerData as { path: string }
const database = openCheckedForReading(path)

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
parentPort?.on('message', (question: ReaderQuestion) => parentPort?.postMessage(answer(question)))

function answer({ id, operation, request }: ReaderQuestion): ReaderAnswer {
  try {
    // The question was typed where it was asked.
    const run = readerOperations[operation] as (database: ReadableDatabase, request: unknown) => unknown
    return { id, reply: run(database, request) }
  } catch (error) {
    if (error instanceof ProductError) return { id, error: toErrorBody(error, null) }
    return { id, bug: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
}
