import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { ProductError } from '../../contracts/errors.ts'

/** Where browser sessions are kept beyond a restart. */
export interface SessionStore {
  add(secret: string, expiresAt: number): void
  /** True where the session is known and has not expired; it lasts until `expiresAt` from now on. */
  touch(secret: string, expiresAt: number): boolean
}

const cookieName = 'mysticanvas_session'
const codeLifetimeMs = 10 * 60_000
const sessionLifetimeMs = 30 * 24 * 3_600_000

/** A session that was found valid is taken as valid for a minute, so that not every request writes to the disk. */
const trustMs = 60_000

/**
 * Lets in programs that have the bearer token and browsers that have a session.
 * A browser gets its session for a one-time code, so that no lasting secret ever stands in an address.
 */
export class SignIn {
  readonly #token: string
  readonly #sessions: SessionStore
  readonly #codes = new Map<string, number>()
  readonly #trustedUntil = new Map<string, number>()

  constructor(token: string, sessions: SessionStore) {
    this.#token = token
    this.#sessions = sessions
  }

  /** Makes a code that signs one browser in, once, within ten minutes. */
  issueCode(): string {
    const code = randomBytes(16).toString('base64url')
    this.#codes.set(hashOf(code), Date.now() + codeLifetimeMs)
    return code
  }

  /**
   * Exchanges a code for a session cookie.
   *
   * @returns false where the code is unknown, used or too old
   */
  redeem(code: string, reply: FastifyReply): boolean {
    const hash = hashOf(code)
    const validUntil = this.#codes.get(hash) ?? 0
    this.#codes.delete(hash)
    if (validUntil < Date.now()) return false
    const secret = randomBytes(32).toString('base64url')
    this.#sessions.add(secret, Date.now() + sessionLifetimeMs)
    reply.setCookie(cookieName, secret, {
      httpOnly: true,
      sameSite: 'strict',
      path: '/',
      maxAge: sessionLifetimeMs / 1000,
    })
    return true
  }

  /** @throws ProductError `unauthorized` where the request has neither token nor session */
  require(request: FastifyRequest): void {
    if (this.hasToken(request) || this.#hasSession(request)) return
    throw new ProductError('unauthorized')
  }

  /** True where the request carries the bearer token. */
  hasToken(request: FastifyRequest): boolean {
    const offered = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1]
    return offered !== undefined && timingSafeEqual(digest(offered), digest(this.#token))
  }

  #hasSession(request: FastifyRequest): boolean {
    const secret = request.cookies[cookieName]
    if (secret === undefined) return false
    const now = Date.now()
    const hash = hashOf(secret)
    if ((this.#trustedUntil.get(hash) ?? 0) > now) return true
    if (!this.#sessions.touch(secret, now + sessionLifetimeMs)) return false
    this.#trustedUntil.set(hash, now + trustMs)
    return true
  }
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

function hashOf(text: string): string {
  return digest(text).toString('hex')
}
