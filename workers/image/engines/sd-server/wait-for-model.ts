import { basename } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { ModelSpecification } from '../../../../contracts/worker.ts'
import { Watchdog, type Hang, type Patience } from '../embedded/watchdog.ts'
import { isAnswer } from './client.ts'
import { failedLoad, failedServer, hungServer } from './failures.ts'
import type { ServerProcess } from './server-process.ts'
import type { RunningServer } from './running-server.ts'

const askEveryMs = 50

/** So often a program that says it listens may answer what we do not understand: it may be another one's port it lost. */
const mostStrangeAnswers = 20

/**
 * Waits until a program that was started has its model and can be asked.
 *
 * @returns false where another program has the port
 * @throws ProductError where it ends, hangs, or speaks another language than we do
 */
export async function waitForModel(
  { process, client, sizes }: RunningServer,
  { model, patience }: { readonly model: ModelSpecification; readonly patience: Patience },
): Promise<boolean> {
  let hang: Hang | null = null
  let strangeAnswers = 0
  let listens = false
  const watchdog = new Watchdog(patience, (kind) => (hang = kind))
  process.listener = (spoken) => {
    if (spoken.type === 'log') sizes.read(spoken.text)
    if (spoken.type === 'log' && spoken.text.includes('listening on')) listens = true
    watchdog.hear('progress')
  }
  try {
    for (;;) {
      if (process.hasExited) return await judgeExit(process)
      if (hang !== null) throw hungServer(process, hang)
      const path = await client.modelPath().catch((error: unknown) => error)
      if (typeof path === 'string') return basename(path) === basename(model.files.model)
      if (listens && isAnswer(path)) strangeAnswers += 1
      if (strangeAnswers > mostStrangeAnswers)
        throw failedServer(process, {
          engine_message: `It lacks /sdcpp/v1; take a newer one. ${String(path)}`,
        })
      // Connections are refused until the model is loaded; that the process is there counts as a sign of life.
      watchdog.hear('alive')
      await delay(askEveryMs)
    }
  } finally {
    watchdog.stop()
    process.listener = () => undefined
  }
}

/** It ends with 0 and without a word where it cannot have the port. */
async function judgeExit(process: ServerProcess): Promise<false> {
  const exit = await process.exited
  if (exit.code === 0) return false
  throw failedLoad(process, exit)
}
