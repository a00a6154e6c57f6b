import type { Client } from './client.ts'
import type { MemorySizes } from './memory-sizes.ts'
import type { ServerProcess } from './server-process.ts'

/** A program that was started with a model, how to ask it, and what it told of its memory. */
export interface RunningServer {
  readonly process: ServerProcess
  readonly client: Client
  readonly sizes: MemorySizes
}
