import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { measure } from './measure.ts'
import type { Pixels } from './pixels.ts'

type Measured = ReturnType<typeof measure>

const entry = new URL('./measure-thread-entry.ts', import.meta.url)

/**
 * Measures pictures in a thread, one after the other, so that nobody waits for the arithmetic. A thread lives as long as
 * its picture takes: analyses are rare, and an idle thread would cost memory all the time.
 */
export class MeasureThread {
  #last: Promise<unknown> = Promise.resolve()

  /** The pixels are handed over and cannot be used afterwards. */
  measure(pixels: Pixels): Promise<Measured> {
    const measured = this.#last.then(() => measureInThread(pixels))
    this.#last = measured.catch(() => undefined)
    return measured
  }
}

async function measureInThread(pixels: Pixels): Promise<Measured> {
  const worker = new Worker(entry, {
    workerData: pixels,
    transferList: [pixels.data.buffer],
    name: 'measure',
  })
  try {
    // An error in the thread rejects this.
    const [measured] = (await once(worker, 'message')) as [Measured]
    return measured
  } finally {
    await worker.terminate()
  }
}
