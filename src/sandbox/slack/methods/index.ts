// Every Web API method the simulated Slack has.
import type { Method } from '../method.ts'
import { chatMethods } from './chat.ts'
import { conversationMethods } from './conversations.ts'
import { fileMethods } from './files.ts'
import { userMethods } from './users.ts'
import { viewMethods } from './views.ts'

export const methods: readonly Method[] = [...chatMethods, ...conversationMethods, ...userMethods, ...viewMethods, ...fileMethods]
