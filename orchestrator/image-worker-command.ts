import { join } from 'node:path'
import { projectFolder } from './foundation/paths.ts'

/** The command that starts the image worker: this very Node.js, with the flags we run under ourselves. */
export const imageWorkerCommand: readonly [string, ...string[]] = [
  process.execPath,
  ...process.execArgv,
  join(projectFolder, 'workers', 'image', 'main.ts'),
]
