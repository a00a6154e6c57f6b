import { setTimeout as delay } from 'node:timers/promises'
import { Watchdog, type Hang, type Patience } from '../embedded/watchdog.ts'
import { isAnswer, type Job } from './client.ts'
import { failedServer, hungServer } from './failures.ts'
import type { Spoken } from './output-reader.ts'
import type { RunningServer } from './running-server.ts'

/** Twice in a tenth of a second: what a picture waits for its discovery is not felt beside its making. */
const askEveryMs = 50

/** How the work is followed. */
export interface Following {
  readonly patience: Patience
  /** Takes what the program prints; true where it shows that the work got on. */
  readonly read: (spoken: Spoken) => boolean
}

/**
 * Has the program do a job and waits for its pictures, in the order of the batch.
 *
 * @throws ProductError `engine_failed` or `out_of_memory` where it says so or ends, `engine_hung` where it gives no sign
 * of life or gets nowhere. The process may still run then.
 */
export async function followJob(
  server: RunningServer,
  body: object,
  { patience, read }: Following,
): Promise<Buffer[]> {
  const { process } = server
  let hang: Hang | null = null
  const watchdog = new Watchdog(patience, (kind) => (hang = kind))
  process.listener = (spoken) => {
    if (spoken.type === 'log') server.sizes.read(spoken.text)
    if (read(spoken)) watchdog.hear('progress')
  }
  const check = async (): Promise<void> => {
    if (process.hasExited) {
      const { code, signal } = await process.exited
      throw failedServer(process, { exit_code: code, signal })
    }
    if (hang !== null) throw hungServer(process, hang)
  }
  try {
    const id = await submit(server, body, check)
    for (;;) {
      await check()
      const job = await server.client.job(id).catch((error: unknown) => judge(server, error))
      if (job !== null) watchdog.hear('alive')
      if (job?.status === 'completed') return picturesOf(job)
      if (job?.status === 'failed' || job?.status === 'cancelled')
        throw failedServer(process, { engine_message: job.error?.message ?? job.status })
      await delay(askEveryMs)
    }
  } finally {
    watchdog.stop()
    process.listener = () => undefined
  }
}

async function submit(server: RunningServer, body: object, check: () => Promise<void>): Promise<string> {
  try {
    return await server.client.submit(body)
  } catch (error) {
    await check()
    throw failedServer(server.process, { engine_message: String(error) })
  }
}

/** A call that got no answer says nothing yet: the process may be about to end, or too busy. What it answers counts. */
function judge(server: RunningServer, error: unknown): null {
  if (isAnswer(error)) throw failedServer(server.process, { engine_message: String(error) })
  return null
}

function picturesOf(job: Job): Buffer[] {
  const images = job.result?.images ?? []
  return images
    .toSorted((one, other) => one.index - other.index)
    .map(({ b64_json }) => Buffer.from(b64_json, 'base64'))
}
