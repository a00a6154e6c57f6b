import { startWorker } from '../runtime/start-worker.ts'
import { languageWorker } from './language-worker.ts'

await startWorker(languageWorker)
