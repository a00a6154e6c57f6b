import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { SessionStore } from '../../../orchestrator/http/sign-in.ts'
import { authorized, createTestApp, token, type TestApp } from './support.ts'

const host = authorized.host
const minute = 60_000
let tested: TestApp
let touched: string[]

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  touched = []
  tested = await createTestApp({ sessions: sessions() })
})

afterEach(() => vi.useRealTimers())

/** Sessions that end when they say they do. */
function sessions(): SessionStore {
  const ends = new Map<string, number>()
  return {
    add: (secret, expiresAt) => void ends.set(secret, expiresAt),
    touch(secret, expiresAt) {
      touched.push(secret)
      if ((ends.get(secret) ?? 0) <= Date.now()) return false
      ends.set(secret, expiresAt)
      return true
    },
  }
}

const login = (code: string) => tested.app.inject({ url: `/login?code=${code}`, headers: { host } })
const list = (headers: Record<string, string>) =>
  tested.app.inject({ url: '/api/generations', headers: { host, ...headers } })

const ask = (headers: Record<string, string>) =>
  tested.app.inject({ method: 'POST', url: '/api/sign-in-codes', headers: { host, ...headers } })

async function signedIn(): Promise<{ cookie: string }> {
  const reply = await login(tested.signIn.issueCode())
  return { cookie: String(reply.headers['set-cookie']).split(';')[0] ?? '' }
}

test('[http-sign-in] a code signs one browser in, once', async () => {
  const code = tested.signIn.issueCode()
  const first = await login(code)
  expect(first.statusCode).toBe(303)
  expect(first.headers).toMatchObject({ location: '/', 'cache-control': 'no-store' })
  expect(first.headers['set-cookie']).toMatch(/HttpOnly; SameSite=Strict$/)
  const second = await login(code)
  expect(second.headers).toMatchObject({ location: '/?sign-in=expired' })
  expect(second.headers['set-cookie']).toBeUndefined()
})

test('[http-sign-in] a session opens what a code does not', async () => {
  expect((await list(await signedIn())).statusCode).toBe(200)
})

test.each(['', 'wrong', 'x'.repeat(5000)])('[http-sign-in] the code %j signs nobody in', async (code) => {
  expect((await login(code)).headers['set-cookie']).toBeUndefined()
})

test('[http-sign-in] two codes at once are no code', async () => {
  const [one, two] = [tested.signIn.issueCode(), tested.signIn.issueCode()]
  expect(
    (await tested.app.inject({ url: `/login?code=${one}&code=${two}`, headers: { host } })).headers[
      'set-cookie'
    ],
  ).toBeUndefined()
})

test('[http-sign-in] a code is good for ten minutes', async () => {
  const [early, late] = [tested.signIn.issueCode(), tested.signIn.issueCode()]
  vi.setSystemTime(Date.now() + 9 * minute)
  expect((await login(early)).headers.location).toBe('/')
  vi.setSystemTime(Date.now() + 2 * minute)
  expect((await login(late)).headers.location).toBe('/?sign-in=expired')
})

test('[http-sign-in] a session lasts for as long as it is used, and ends thirty days after', async () => {
  const cookie = await signedIn()
  for (let visit = 0; visit < 3; visit += 1) {
    vi.setSystemTime(Date.now() + 29 * 24 * 60 * minute)
    expect((await list(cookie)).statusCode).toBe(200)
  }
  vi.setSystemTime(Date.now() + 31 * 24 * 60 * minute)
  expect((await list(cookie)).json().error.code).toBe('unauthorized')
})

test('[http-sign-in] not every request of a session writes to the disk', async () => {
  const cookie = await signedIn()
  for (let call = 0; call < 5; call += 1) await list(cookie)
  expect(touched).toHaveLength(1)
  vi.setSystemTime(Date.now() + 2 * minute)
  await list(cookie)
  expect(touched).toHaveLength(2)
})

test.each([
  ['nothing', {}],
  ['a wrong token', { authorization: 'Bearer wrong' }],
  ['half a token', { authorization: `Bearer ${token.slice(0, -1)}` }],
  ['a token and more', { authorization: `Bearer ${token}x` }],
  ['another scheme', { authorization: `Basic ${token}` }],
  ['an empty token', { authorization: 'Bearer ' }],
  ['an unknown session', { cookie: 'mysticanvas_session=abc' }],
])('[http-sign-in] %s opens nothing', async (_, headers: Record<string, string>) => {
  for (const url of [
    '/api/generations',
    '/api/events',
    '/api/pictures/1/original',
    '/openapi.json',
    '/documentation',
  ]) {
    const reply = await tested.app.inject({ url, headers: { host, ...headers } })
    expect(reply.statusCode, url).toBe(401)
    expect(reply.json().error.code).toBe('unauthorized')
  }
  expect(tested.calls).toEqual([])
})

test('[http-sign-in] a program with the token gets a code for a browser, a browser does not', async () => {
  const { code } = (await ask(authorized)).json<{ code: string }>()
  expect((await login(code)).headers.location).toBe('/')
  expect((await ask(await signedIn())).statusCode).toBe(401)
  expect((await ask({})).statusCode).toBe(401)
})

test('[http-rate] codes cannot be tried without end', async () => {
  const statuses: number[] = []
  for (let attempt = 0; attempt < 40; attempt += 1) statuses.push((await login('wrong')).statusCode)
  expect(statuses.filter((status) => status === 429)).toHaveLength(10)
})
