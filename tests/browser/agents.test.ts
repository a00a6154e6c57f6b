import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { seriousFindings } from '../support/browser-axe.ts'
import { browserPath, expectSoon, launchBrowser, openPage, scrollsSideways } from '../support/browser.ts'
import { openNewest, overHttp } from '../support/mcp-clients.ts'
import { removeDataFolders } from '../support/product-folder.ts'
import { endProducts, startProduct, type Product } from '../support/product.ts'

describe.skipIf(browserPath === undefined)('what agents did, in a browser (needs CHROMIUM_PATH)', () => {
  let product: Product
  let browser: Browser

  beforeAll(async () => {
    ;[product, browser] = await Promise.all([startProduct(), launchBrowser()])
  })

  afterAll(async () => {
    await browser.close()
    await endProducts()
    removeDataFolders()
  })

  test('[agents-page] without a call it teaches how to connect; calls come in live and are filtered', async () => {
    const page = await openPage(browser, product, '/system')
    const card = page.getByRole('region', { name: 'What agents did' })
    await card.getByText('No agent has called yet.').waitFor()
    await card.getByLabel('What to paste for Claude Desktop').getByText('"mcpServers"').waitFor()
    await card.getByRole('combobox', { name: 'Program' }).click()
    await page.getByRole('option', { name: 'Claude Code' }).click()
    await card.getByText('claude mcp add --scope user').waitFor()
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await card.getByRole('button', { name: 'Copy what to paste' }).click()
    await card.getByRole('button', { name: 'Copied' }).waitFor()
    expect(await page.evaluate(() => navigator.clipboard.readText())).toContain(product.dataFolder)

    const agent = await openNewest(overHttp(product), { name: 'my-agent' })
    await agent.call('search_history', { query: 'boat' })
    const lines = card.getByRole('list', { name: 'Calls of agents' }).getByRole('listitem')
    await lines.filter({ hasText: 'my-agent search_history' }).getByText('Done').waitFor()
    const other = await openNewest(overHttp(product), { name: 'other-agent' })
    await other.call('get_generation', { generation: '12' })
    for (let round = 0; round < 3; round += 1) await agent.call('search_history', { query: 'boat' })
    await expectSoon(() => lines.count()).toBe(5)
    await lines.filter({ hasText: 'other-agent' }).getByText('generation_not_found').waitFor()

    await card.getByRole('combobox', { name: 'Outcome' }).click()
    await page.getByRole('option', { name: 'Refused' }).click()
    await expectSoon(() => lines.allInnerTexts()).toEqual([
      expect.stringMatching(/my-agent search_history\s+Refused\s*agent_repeats_itself/) as unknown,
    ])
    await card.getByRole('combobox', { name: 'Agent', exact: true }).click()
    await page.getByRole('option', { name: 'other-agent' }).click()
    await card.getByText('No call fits these filters.').waitFor()
    await card.getByRole('combobox', { name: 'Outcome' }).click()
    await page.getByRole('option', { name: 'All outcomes' }).click()
    await expectSoon(() => lines.count()).toBe(1)
    await Promise.all([agent.close(), other.close()])
  })

  test('[agents-page] it is accessible and fits a phone', async () => {
    const page = await openPage(browser, product, '/system', { window: 'narrow' })
    const card = page.getByRole('region', { name: 'What agents did' })
    await card.getByRole('button', { name: 'Connect an agent' }).click()
    await card.getByLabel('What to paste for Claude Desktop').waitFor()
    expect(await scrollsSideways(page)).toBe(false)
    expect(await seriousFindings(page)).toEqual([])
  })
})
