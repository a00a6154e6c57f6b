import { setTimeout as delay } from 'node:timers/promises'
import { ProductError } from '../../../../contracts/errors.ts'
import { saysOutOfMemory } from '../out-of-memory.ts'
import type { ChildSign, EngineChild, Exit } from './engine-child.ts'
import type { ToChild } from './messages.ts'
import { Watchdog, type Hang, type Patience } from './watchdog.ts'

/** A killed process is gone in milliseconds; one that hangs in a driver may never go, and must not take the worker along. */
const killPatienceMs = 5000

/** What a sign of the engine means to the one who asked: nothing, that it lives, that the work got on, or the answer. */
export type Heard<Answer> = 'nothing' | 'alive' | 'progress' | { readonly answer: Answer }

export interface Conversation<Answer> {
  readonly order: ToChild
  /** Judges each sign; throws a ProductError where it says that the work has failed. */
  read(sign: ChildSign): Heard<Answer>
  readonly patience: Patience
}

/**
 * Gives the engine an order and waits for the answer, under the eyes of a watchdog.
 *
 * @throws ProductError `engine_failed` or `out_of_memory` where the process ends first, `engine_hung` where the watchdog gives it up
 * (the process is killed then), or whatever `read` throws
 */
export async function converse<Answer>(
  child: EngineChild,
  conversation: Conversation<Answer>,
): Promise<Answer> {
  let watchdog: Watchdog | undefined
  try {
    return await new Promise<Answer>((resolve, reject) => {
      let hang: Hang | null = null
      watchdog = new Watchdog(conversation.patience, (kind) => {
        hang = kind
        void endChild(child).then(() => reject(hungEngine(child, kind)))
      })
      const dog = watchdog
      child.listener = (sign) => {
        try {
          const heard = conversation.read(sign)
          if (typeof heard === 'object') resolve(heard.answer)
          else dog.hear(heard)
        } catch (error) {
          reject(error)
        }
      }
      const onExit = ({ code, signal }: Exit): void => {
        if (hang === null) reject(failedEngine(child, { exit_code: code, signal }))
      }
      void child.exited.then(onExit)
      child.send(conversation.order)
    })
  } finally {
    watchdog?.stop()
    child.listener = () => undefined
  }
}

/** The failure of an engine, with the facts and the end of what it said; a lack of memory has a code of its own. */
export function failedEngine(child: EngineChild, facts: Record<string, unknown>): ProductError {
  const message = facts['engine_message']
  const said = `${typeof message === 'string' ? message : ''}\n${child.lastWords}`
  const code = saysOutOfMemory(said) ? 'out_of_memory' : 'engine_failed'
  return new ProductError(code, undefined, { details: { ...facts, last_words: child.lastWords } })
}

/** Ends the engine's process by force and waits until it is gone. */
export async function endChild(child: EngineChild): Promise<void> {
  child.kill()
  await Promise.race([child.exited, delay(killPatienceMs, undefined, { ref: false })])
}

function hungEngine(child: EngineChild, hang: Hang): ProductError {
  return new ProductError('engine_hung', undefined, { details: { hang, last_words: child.lastWords } })
}
