import { parentPort, workerData } from 'node:worker_threads'
import { measure } from './measure.ts'
import type { Pixels } from './pixels.ts'

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
parentPort?.postMessage(measure(workerData as Pixels))
