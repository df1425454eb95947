// What actions on coaching are given to work with.

import type { Clock } from '../clock.ts'
import type { Company } from '../domain/company.ts'
import type { Store } from '../store/store.ts'
import type { ReminderMessages } from './reminder-messages.ts'

export interface CoachingServiceDeps {
  readonly store: Pick<Store, 'people' | 'subscriptions' | 'deliveries' | 'coaching' | 'access' | 'exclusively' | 'recorded'>
  readonly clock: Clock
  readonly company: Company
  readonly messages: ReminderMessages
  /** From the directory: untrusted text. */
  nameOf(slackUserId: string): Promise<string>
}
