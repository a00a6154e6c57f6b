import { join } from 'node:path'
import { projectFolder } from './foundation/paths.ts'

/** The command that starts the language worker: this very Node.js, with the flags we run under ourselves. */
export const languageWorkerCommand: readonly [string, ...string[]] = [
  process.execPath,
  ...process.execArgv,
  join(projectFolder, 'workers', 'language', 'main.ts'),
]
