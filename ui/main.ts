import uiPlugin from '@nuxt/ui/vue-plugin'
import { VueQueryPlugin } from '@tanstack/vue-query'
import { createApp } from 'vue'
import { z } from 'zod'
import App from './app/App.vue'
import { createAnnouncer } from './app/announcer.ts'
import { reloadAfterUpdate } from './app/reload-after-update.ts'
import { createAppRouter } from './app/router.ts'
import { chatPlugin } from './chat/chat-store.ts'
import { createSession } from './api/session.ts'
import { createQueryClient } from './api/query-client.ts'
import { undoPlugin } from './app/undo-history.ts'
import { createDraft } from './generation/draft-store.ts'
import { unstoredNotesPlugin } from './generation/unstored-notes.ts'
import './styles.css'

// The page's content security policy forbids making code of text, which zod would otherwise try.
z.config({ jitless: true })

reloadAfterUpdate()

const app = createApp(App)
const queryClient = createQueryClient()

app.use(createAppRouter())
app.use(uiPlugin)
app.use(VueQueryPlugin, { queryClient })
app.use(createSession(queryClient))
app.use(createAnnouncer())
app.use(undoPlugin())
app.use(createDraft())
app.use(unstoredNotesPlugin())
app.use(chatPlugin())
app.mount('#app')
