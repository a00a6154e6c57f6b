import { startWorker } from '../runtime/start-worker.ts'
import { defineImageWorker } from './image-worker.ts'

await startWorker(defineImageWorker())
