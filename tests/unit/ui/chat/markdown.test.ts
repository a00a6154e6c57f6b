import { createSSRApp, h } from 'vue'
import { renderToString } from 'vue/server-renderer'
import { createMemoryHistory, createRouter } from 'vue-router'
import { describe, expect, test } from 'vitest'
import { MarkdownText } from '../../../../ui/features/chat/message/MarkdownText.ts'
import { ownPage } from '../../../../ui/features/chat/message/own-page.ts'

async function draw(text: string): Promise<string> {
  const app = createSSRApp({ render: () => h(MarkdownText, { text }) })
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [{ path: '/:path(.*)*', component: { render: () => null } }],
  })
  await router.push('/')
  app.use(router)
  return (await renderToString(app)).replaceAll(/<!--[[\]]?-->/g, '')
}

describe('the text of an answer', () => {
  test('[chat-markdown] draws paragraphs, marks, lists, code and tables', async () => {
    expect(await draw('**one** and *two*\n\n- three\n- `four`')).toBe(
      '<div class="markdown"><p><strong>one</strong> and <em>two</em></p>' +
        '<ul><li>three</li><li><code>four</code></li></ul></div>',
    )
    expect(await draw('| a |\n|---|\n| b |')).toContain('<thead><tr><th>a</th></tr></thead>')
    expect(await draw('```\nx < y\n```')).toContain('<code>x &lt; y</code>')
  })

  test.each([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    'a <b onclick="alert(1)">word</b>',
    '<a href="javascript:alert(1)">x</a>',
    '&lt;script&gt;alert(1)&lt;/script&gt;',
  ])('[chat-markdown] %s is text and no element', async (text) => {
    const html = await draw(text)
    expect(html).not.toMatch(/<(script|img|b|a)\b/)
    expect(html).toContain('alert(1)')
  })

  test('[chat-markdown] a link leads to a page of the product or nowhere', async () => {
    expect(await draw('[gallery](/gallery?q=red)')).toContain('href="/gallery?q=red"')
    for (const address of [
      'https://example.org/',
      '//example.org',
      'javascript:alert(1)',
      '/api/pictures/1/original',
    ])
      expect(await draw(`[here](${address})`), address).not.toContain('href')
    expect(await draw('[here](https://example.org/)')).toContain('here (https://example.org/)')
    expect(await draw('https://example.org/')).not.toContain('href')
  })

  test('[chat-markdown] a picture of an answer is not loaded', async () => {
    const html = await draw('![a boat](https://example.org/boat.png)')
    expect(html).not.toContain('<img')
    expect(html).toContain('a boat')
  })

  test('[chat-markdown] half a mark, as it comes while streaming, is text', async () => {
    expect(await draw('a **half')).toContain('a **half')
    expect(await draw('[half](/gal')).toContain('[half](/gal')
  })

  test('[chat-markdown] own pages are paths that stay here', () => {
    expect(ownPage('/styles')).toBe('/styles')
    for (const address of ['', 'styles', '//x', '/\\x', '/login?code=1', '/api/chat', 'https://x/'])
      expect(ownPage(address), address).toBeNull()
  })
})
