import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { openLog } from '../../../orchestrator/foundation/logger.ts'
import { withRequestId } from '../../../orchestrator/foundation/request-context.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mysticanvas-log-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
})

function readLines(): Record<string, unknown>[] {
  const text = readFileSync(join(folder, 'orchestrator.log'), 'utf8')
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
}

test('[supervision-token] secrets are taken out of log lines, and the rest stays', () => {
  const logger = openLog(folder, 'info')
  const secrets = { token: 'psst', authorization: 'Bearer psst', cookie: 'psst=1' }
  logger.info(
    { ...secrets, worker: { ...secrets, port: 7 }, request: { headers: { ...secrets, host: 'here' } } },
    'said',
  )
  const [line] = readLines()
  expect(JSON.stringify(line)).not.toContain('psst')
  expect(line).toMatchObject({ msg: 'said', worker: { port: 7 }, request: { headers: { host: 'here' } } })
})

test('[contracts-errors] the code of an error stays readable', () => {
  const logger = openLog(folder, 'info')
  logger.info({ code: 'disk_full', err: Object.assign(new Error('no room'), { code: 'ENOSPC' }) }, 'refused')
  const [line] = readLines()
  expect(line).toMatchObject({ code: 'disk_full', err: { code: 'ENOSPC' } })
})

test('[contracts-errors] a line names the request it belongs to', () => {
  const logger = openLog(folder, 'info')
  withRequestId('request-7', () => logger.info('inside'))
  logger.info('outside')
  const lines = readLines()
  expect(lines.map(({ request_id }) => request_id)).toEqual(['request-7', undefined])
})

test('a large log is set aside', () => {
  writeFileSync(join(folder, 'orchestrator.log'), Buffer.alloc(11 * 1024 * 1024, 'x'))
  const logger = openLog(folder, 'info')
  logger.info('first')
  expect(readLines()).toHaveLength(1)
  expect(readdirSync(folder).toSorted()).toEqual(['orchestrator.1.log', 'orchestrator.log'])
})

// The device that is always full. A log that waited for room would keep the program from its end, too.
test.runIf(process.platform === 'linux')('a log that cannot be written stops nothing', () => {
  const program = `
    import { openLog } from '${join(import.meta.dirname, '../../../orchestrator/foundation/logger.ts')}'
    const logger = openLog(process.argv[1], 'info')
    for (let line = 0; line < 1000; line += 1) logger.info('x'.repeat(10_000))
    console.log('still here')`
  symlinkSync('/dev/full', join(folder, 'orchestrator.log'))
  const said = execFileSync(process.execPath, ['--input-type=module', '-e', program, folder], {
    timeout: 10_000,
    encoding: 'utf8',
  })
  expect(said).toBe('still here\n')
})
