import { pino } from 'pino'
import { beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { errorReplySchema, ProductError } from '../../../contracts/errors.ts'
import { parseBody } from '../../../workers/runtime/parse-body.ts'
import { createServer } from '../../../workers/runtime/server.ts'

const token = 'a-token-of-at-least-thirty-two-letters'
const authorization = `Bearer ${token}`

describe('the server of a worker', () => {
  let lines: string[]
  let server: ReturnType<typeof createServer>

  beforeEach(() => {
    lines = []
    server = createServer(token, pino({ level: 'trace' }, { write: (line) => void lines.push(line) }))
    server.post('/echo', (request) => parseBody(z.strictObject({ n: z.int() }), request.body))
    server.get('/bug', () => {
      throw new Error('the secret reason')
    })
    server.get('/foreseen', () => {
      throw new ProductError('blank_image', undefined, { details: { index: 1 } })
    })
  })

  it.each([
    ['no token', {}, 401, 'worker_unauthenticated'],
    ['another scheme', { authorization: `Basic ${token}` }, 401, 'worker_unauthenticated'],
    ['a wrong token', { authorization: 'Bearer wrong' }, 403, 'worker_forbidden'],
    ['a token with one letter more', { authorization: `${authorization}x` }, 403, 'worker_forbidden'],
  ])('answers %s with %s', async (_, headers, status, code) => {
    for (const url of ['/echo', '/nowhere']) {
      const reply = await server.inject({ method: 'POST', url, headers })
      expect(reply.statusCode).toBe(status)
      expect(errorReplySchema.parse(reply.json()).error.code).toBe(code)
    }
  })

  it.each([
    ['a wrong field', { n: 'x' }, 'application/json', 400, 'invalid_input'],
    ['an unknown field', { n: 1, m: 2 }, 'application/json', 400, 'invalid_input'],
    ['broken JSON', '{"n":', 'application/json', 400, 'invalid_json'],
    ['a poisoned key', '{"__proto__":{"n":1}}', 'application/json', 400, 'invalid_json'],
    ['plain text', '{"n":1}', 'text/plain', 415, 'unsupported_media_type'],
    ['too much', `{"n":"${'x'.repeat(65 * 1024 * 1024)}"}`, 'application/json', 413, 'body_too_large'],
  ])('refuses %s', async (_, payload, type, status, code) => {
    const headers = { authorization, 'content-type': type, 'x-request-id': 'r-1' }
    const reply = await server.inject({ method: 'POST', url: '/echo', headers, payload })
    expect(reply.statusCode).toBe(status)
    expect(errorReplySchema.parse(reply.json()).error).toMatchObject({ code, request_id: 'r-1' })
  })

  it('names the wrong fields', async () => {
    const reply = await server.inject({
      method: 'POST',
      url: '/echo',
      headers: { authorization },
      payload: { n: 'x' },
    })
    expect(reply.json()).toMatchObject({ error: { details: { fields: [{ field: 'n' }] } } })
  })

  it('keeps the text of a bug to its log', async () => {
    const reply = await server.inject({ url: '/bug', headers: { authorization } })
    expect(reply.statusCode).toBe(500)
    expect(reply.body).not.toContain('secret reason')
    expect(lines.join()).toContain('secret reason')
  })

  it('gives foreseen failures their status and details', async () => {
    const reply = await server.inject({ url: '/foreseen', headers: { authorization } })
    expect(reply.statusCode).toBe(502)
    expect(reply.json()).toMatchObject({ error: { code: 'blank_image', details: { index: 1 } } })
  })

  it('carries the request id into the reply and every log line, and the token into none', async () => {
    const headers = { authorization, 'x-request-id': 'abc-1' }
    const reply = await server.inject({ method: 'POST', url: '/echo', headers, payload: { n: 1 } })
    expect(reply.headers['x-request-id']).toBe('abc-1')
    expect(lines.length).toBeGreaterThan(0)
    for (const line of lines) expect(JSON.parse(line)).toMatchObject({ request_id: 'abc-1' })
    expect(lines.join()).not.toContain(token)
  })

  it.each(['', 'with space', 'x'.repeat(200), 'new\u0007line'])(
    'replaces the malformed request id "%s"',
    async (id) => {
      const reply = await server.inject({ url: '/foreseen', headers: { authorization, 'x-request-id': id } })
      expect(reply.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/)
    },
  )
})
