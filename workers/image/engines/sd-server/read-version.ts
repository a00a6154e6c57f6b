import { execFile } from 'node:child_process'

/** The program only prints a line; longer means that it waits for a driver. */
const patienceMs = 10_000

/** `stable-diffusion.cpp version 1.2, commit abc1234`; builds outside a release say `unknown`. */
const spoken = /version (\S+), commit (\w+)/

/** What the program says of itself: its version, else its commit; `unknown` where it does not say. Never rejects. */
export function readVersion(path: string): Promise<string> {
  return new Promise((resolve) => {
    execFile(path, ['--version'], { timeout: patienceMs, windowsHide: true }, (_error, stdout, stderr) => {
      const said = spoken.exec(`${stdout}\n${stderr}`)
      const version = said?.[1] === 'unknown' ? said[2] : said?.[1]
      resolve(version ?? 'unknown')
    })
  })
}
