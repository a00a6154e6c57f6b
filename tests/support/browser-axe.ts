import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { windows } from './browser.ts'

const looks = [
  { theme: 'dark', window: 'wide' },
  { theme: 'light', window: 'wide' },
  { theme: 'light', window: 'narrow' },
  { theme: 'dark', window: 'narrow' },
] as const

/**
 * The serious and critical findings of axe on a page as it is now, dark and light, wide and narrow, as
 * `dark wide: rule: element`.
 *
 * @param accepted rules to leave out, for what a library does in a passing state of its own
 */
export async function seriousFindings(page: Page, accepted: readonly string[] = []): Promise<string[]> {
  const findings: string[] = []
  for (const { theme, window } of looks) {
    await page.setViewportSize(windows[window])
    await page.evaluate((dark) => document.documentElement.classList.toggle('dark', dark), theme === 'dark')
    // Colours fade over from one theme to the other.
    await page.waitForTimeout(200)
    // There are no frames here, so everything is examined in one go.
    const { violations } = await new AxeBuilder({ page })
      .setLegacyMode()
      .disableRules([...accepted])
      .analyze()
    for (const { id, impact, nodes } of violations) {
      if (impact !== 'serious' && impact !== 'critical') continue
      findings.push(...nodes.map(({ html }) => `${theme} ${window}: ${id}: ${html.slice(0, 160)}`))
    }
  }
  await page.setViewportSize(windows.wide)
  return findings
}
