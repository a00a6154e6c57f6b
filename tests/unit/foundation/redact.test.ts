import { expect, test } from 'vitest'
import { redactText } from '../../../orchestrator/foundation/redact.ts'

const secret = 'fZ4-planted_s3cret.0123456789'

test.each([
  `Authorization: Bearer ${secret}`,
  `GET /login?code=${secret}&next=1`,
  `token=${secret}`,
  `{"api_key": "${secret}"}`,
  String.raw`{"msg":"it said {\"token\":\"${secret}\"}"}`,
  `password : '${secret}'`,
  `Cookie: mysticanvas_session=${secret}; other=1`,
])('[logs-redacted] a secret is taken out of %s', (text) => {
  const redacted = redactText(text)
  expect(redacted).not.toContain('planted')
  expect(redacted).toContain('[Redacted]')
})

test.each([
  'token 17 of 20',
  '{"token": 12345678901}',
  '{"tokens_per_second": 31.25, "prompt_tokens": 12345678}',
  'POST /api/generations was answered with 200',
  '{"code":"engine_failed"}',
])('[logs-redacted] what is none stays: %s', (text) => {
  expect(redactText(text)).toBe(text)
})

test('[logs-redacted] JSON stays JSON', () => {
  const line = JSON.stringify({
    token: secret,
    deep: { said: `token: "${secret}"`, n: 7 },
    count: 12_345_678,
  })
  const parsed = JSON.parse(redactText(line)) as { deep: { n: number }; count: number }
  expect(parsed).toMatchObject({ deep: { n: 7 }, count: 12_345_678 })
  expect(JSON.stringify(parsed)).not.toContain('planted')
})
