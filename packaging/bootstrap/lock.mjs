import { randomUUID } from 'node:crypto'
import {
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { constants } from 'node:os'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { say } from './progress.mjs'

/** How often a holder shows that it is alive, and how long a silent one is still believed. */
const beatEvery = 2_000
const silentFor = 30_000
const lookEvery = 200

/** @type {NodeJS.Signals[]} */
const endings = ['SIGINT', 'SIGTERM', 'SIGHUP']

/** A signal's default death would skip the `exit` event, and with it the release of the lock. */
const leave = (/** @type {NodeJS.Signals} */ signal) => process.exit(128 + constants.signals[signal])

/**
 * Does the work while holding a lock file, so that two starts at once never install or build over each
 * other. The holder is taken for dead when its process is gone, or when its file has not been touched
 * for a while: process numbers get reused, above all in containers.
 *
 * @template T
 * @param {string} path
 * @param {() => Promise<T>} work
 * @param {{ silentFor?: number }} [options]
 * @returns {Promise<T>}
 */
export async function withLock(path, work, options = {}) {
  const token = await acquire(path, options.silentFor ?? silentFor)
  const release = () => {
    if (read(path)?.token === token) rmSync(path, { force: true })
  }
  process.once('exit', release)
  for (const signal of endings) process.once(signal, leave)
  const beat = setInterval(() => touch(path), beatEvery)
  try {
    return await work()
  } finally {
    clearInterval(beat)
    for (const signal of endings) process.off(signal, leave)
    process.off('exit', release)
    release()
  }
}

/**
 * @param {string} path
 * @param {number} patience
 */
async function acquire(path, patience) {
  mkdirSync(dirname(path), { recursive: true })
  const token = randomUUID()
  let waitingFor = ''
  let lastSign = ''
  let lastSignAt = performance.now()
  for (;;) {
    try {
      writeFileSync(path, JSON.stringify({ pid: process.pid, token }), { flag: 'wx' })
      return token
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error
    }
    const holder = read(path)
    const sign = lastTouched(path)
    if (sign !== lastSign) {
      lastSign = sign
      lastSignAt = performance.now()
    }
    const silent = performance.now() - lastSignAt > patience
    if (silent || (holder && !isAlive(holder.pid))) {
      removeIfHeldBy(path, holder?.token)
      continue
    }
    if (holder && waitingFor !== holder.token) {
      waitingFor = holder.token
      say(`Another start is setting up (process ${holder.pid}); waiting for it…`)
    }
    await sleep(lookEvery)
  }
}

/**
 * Two waiters may judge the same dead holder at once. Renaming lets one of them win, and looking at what
 * was renamed tells whether a newcomer had already taken its place; if so, its file is put back.
 *
 * @param {string} path
 * @param {string | undefined} token
 */
function removeIfHeldBy(path, token) {
  const aside = `${path}.${randomUUID()}`
  try {
    renameSync(path, aside)
    if (read(aside)?.token !== token) linkSync(aside, path)
  } catch {
    // Someone else was quicker; the next round sees what they left.
  } finally {
    rmSync(aside, { force: true })
  }
}

/**
 * @param {string} path
 * @returns {{ pid: number, token: string } | undefined}
 */
function read(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return undefined
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM'
  }
}

/** @param {string} path */
function lastTouched(path) {
  try {
    return String(statSync(path).mtimeMs)
  } catch {
    return 'gone'
  }
}

/** @param {string} path */
function touch(path) {
  try {
    utimesSync(path, new Date(), new Date())
  } catch {
    // The file was taken away while this machine slept; the stamp check of the other start covers it.
  }
}
