import type { AgentClient } from '../../contracts/agent.ts'
import { refusal } from '../../contracts/refusal.ts'

/** A wait may end at any time, but never because somebody asks at once again. */
const pause = 5000

/** Counts the calls in which each agent waits. */
export class ConcurrentWaits {
  readonly #most: number
  readonly #waits = new Map<string, number>()

  constructor(most: number) {
    this.#most = most
  }

  /**
   * Lets a call in that may wait.
   *
   * @returns to be called as it is over
   * @throws ProductError `agent_wait_limit`
   */
  enter({ name }: AgentClient, input: unknown): () => void {
    if (!wantsToWait(input)) return () => undefined
    const waits = this.#waits.get(name) ?? 0
    if (waits >= this.#most)
      throw refusal(
        'agent_wait_limit',
        `This agent waits in ${waits} calls already; it may wait in ${this.#most}.`,
        Date.now() + pause,
      )
    this.#waits.set(name, waits + 1)
    return () => this.#leave(name)
  }

  #leave(name: string): void {
    const left = (this.#waits.get(name) ?? 1) - 1
    if (left === 0) this.#waits.delete(name)
    else this.#waits.set(name, left)
  }
}

/** The input is not checked yet: whatever is no number is refused later, and does not wait. */
function wantsToWait(input: unknown): boolean {
  const { wait_seconds: seconds } = (input ?? {}) as { wait_seconds?: unknown }
  return typeof seconds === 'number' && seconds > 0
}
