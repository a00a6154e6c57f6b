import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { readBootLine } from '../../../workers/runtime/boot.ts'
import { watchLifeline } from '../../../workers/runtime/lifeline.ts'

const boot = {
  protocol: 1,
  token: 't'.repeat(32),
  log_level: 'info',
  listen: { kind: 'tcp' },
  configuration: {},
}

describe('the boot line', () => {
  it('is read across chunks, and what follows it is left alone', async () => {
    const input = new PassThrough()
    const line = readBootLine(input)
    const text = JSON.stringify(boot)
    input.write(text.slice(0, 20))
    input.write(`${text.slice(20)}\nmore`)
    expect(await line).toEqual(boot)
    expect(input.readableEnded).toBe(false)
  })

  it.each([
    ['late', () => new PassThrough(), 'No boot line came within 0.05 s'],
    ['cut off', () => new PassThrough().end('{"protocol":'), 'ended before'],
    ['too long', () => new PassThrough().end('x'.repeat(1_100_000)), 'too long'],
    ['no JSON', () => new PassThrough().end('secret\n'), 'not JSON'],
    [
      'of another protocol',
      () => new PassThrough().end(`${JSON.stringify({ ...boot, protocol: 2 })}\n`),
      'check protocol',
    ],
    [
      'holding unknown keys',
      () => new PassThrough().end(`${JSON.stringify({ ...boot, extra: 1 })}\n`),
      'the line itself',
    ],
  ])('is refused when it is %s', async (_, input, reason) => {
    await expect(readBootLine(input(), 50)).rejects.toThrow(reason)
  })
})

describe('the lifeline', () => {
  it('calls once at its end, and not while it is open', async () => {
    const input = new PassThrough()
    let calls = 0
    watchLifeline(input, () => (calls += 1))
    input.write('whatever')
    await new Promise(setImmediate)
    expect(calls).toBe(0)
    input.end()
    await new Promise((resolve) => input.on('close', resolve))
    expect(calls).toBe(1)
  })

  it('notices an end that came before anyone watched', () => {
    const input = new PassThrough()
    input.destroy()
    let calls = 0
    watchLifeline(input, () => (calls += 1))
    expect(calls).toBe(1)
  })
})
