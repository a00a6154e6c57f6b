import type { ChildProcess } from 'node:child_process'
import { setTimeout as wait } from 'node:timers/promises'

/** How long each rung of the ladder waits for the process to leave, in milliseconds. */
export interface KillPatience {
  readonly askedMs: number
  readonly terminatedMs: number
}

const outputPatienceMs = 500

export const defaultPatience: KillPatience = { askedMs: 2000, terminatedMs: 2000 }

/**
 * Ends a process and everything it started: ask, wait, SIGTERM, wait, SIGKILL to its group.
 * Resolves once the process is gone. The group is killed in the end in any case, for children that outlived it.
 *
 * @param child a process that leads its own group
 * @param ask the polite way, such as a shutdown request; its failure is not one of ours
 */
export async function endProcess(
  child: ChildProcess,
  ask: () => Promise<unknown>,
  patience = defaultPatience,
): Promise<void> {
  const gone = exited(child)
  void ask().catch(() => undefined)
  if (!(await happensWithin(gone, patience.askedMs))) {
    child.kill('SIGTERM')
    if (!(await happensWithin(gone, patience.terminatedMs))) killGroup(child)
  }
  await gone
  killGroup(child)
}

/** Kills a process and its group without asking. */
export function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return
  try {
    process.kill(process.platform === 'win32' ? child.pid : -child.pid, 'SIGKILL')
  } catch {
    // Nobody is left in the group: that is what was wanted.
  }
}

/** Resolves when the process has ended; at once where it already has. */
export function exited(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined)
    return Promise.resolve()
  return new Promise((resolve) => child.once('exit', () => resolve()))
}

/**
 * Resolves when the process has ended and everything it said has been read. Output may outlive the process for a moment,
 * or for longer where something it started still holds the pipe; that is waited for only briefly.
 */
export async function exitedAndRead(child: ChildProcess): Promise<void> {
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()))
  await exited(child)
  killGroup(child)
  await happensWithin(closed, outputPatienceMs)
}

async function happensWithin(event: Promise<void>, milliseconds: number): Promise<boolean> {
  const timer = new AbortController()
  const late = wait(milliseconds, false, { signal: timer.signal }).catch(() => false)
  const happened = await Promise.race([event.then(() => true), late])
  timer.abort()
  return happened
}
