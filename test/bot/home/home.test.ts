import { describe, expect, it } from 'vitest'
import { home } from '../../../src/bot/home/index.ts'
import type { Viewer } from '../../../src/domain/policy.ts'
import { toHomeView } from '../../../src/render/home.ts'
import type { Part } from '../../../src/render/message.ts'
import { at, people, testKit, viewers } from '../commands/company.ts'

async function homeOf(viewer: Viewer) {
  const kit = testKit()
  const parts: Part[] = []
  for (const section of home) parts.push(...((await section.write(viewer, kit.services, at)) ?? []))
  const headings = parts.flatMap((part) => (part.type === 'heading' ? [part.text.split(' · ')[0]] : []))
  return { kit, parts, headings, text: JSON.stringify(parts) }
}

describe('Home', () => {
  it('of a rep has the own week, digests, who looked, and help', async () => {
    const { headings, text, kit } = await homeOf(viewers.rep)
    expect(headings).toEqual(['My week', 'My digests', 'What you can ask'])
    expect(text).toContain('Who has seen my numbers:')
    expect(kit.watched.every(({ subject }) => subject.type === 'person' && subject.personId === '3')).toBe(true)
    for (const name of ['Ben', 'Kai', 'Lena', 'Olga']) expect(text).not.toContain(name)
  })

  it('of a manager has the team and the reminders waiting, with their answers', async () => {
    const { headings, text } = await homeOf(viewers.manager)
    expect(headings).toEqual(['My team', 'Reminders waiting', 'My digests', 'What you can ask'])
    expect(text).toContain('Your own calls:')
    expect(text).toContain('/gong-coaching gong:4')
    expect(text).toContain('done d1.4')
  })

  it('of somebody from HR who is not in Gong, and was granted an org, says what they may see and names nobody', async () => {
    const hr = (until?: string): Viewer => ({
      slackUserId: 'UHR',
      standing: 'member',
      isAdmin: false,
      grants: [{ type: 'viewer', orgOf: '2', ...(until && { until }) }],
    })
    const { headings, kit, text } = await homeOf(hr())
    expect(headings).toEqual(['What you can ask'])
    expect(text).toContain('You can see Maria Lead and everybody below by name: an admin gave you that role.')
    expect(text).toContain('"value":"/gong-stats"')
    expect(kit.watched).toEqual([])
    for (const name of ['Ana', 'Ben', 'Kai', 'Lena', 'Olga', 'New digest']) expect(text).not.toContain(name)
    // On the day the role ends, nothing of it is left.
    expect((await homeOf(hr('2026-11-23'))).text).not.toContain('Maria')
  })

  it('of an admin has people without a match, roles, how reading goes and what failed with its request id', async () => {
    const { headings, text } = await homeOf(viewers.admin)
    expect(headings).toEqual(['The company', 'People without a match', 'My digests', 'Reading Gong', 'What you can ask', 'Latest changes'])
    expect(text).toContain('9 of 13 periods ready, 4 to go (about 60 s)')
    expect(text).toContain('Omar Haddad* · cards that count: all')
    expect(text).toContain('request req-7')
    expect(text).toContain('"actionId":"link","value":"person:8"')
    expect(text).toContain('"actionId":"move"')
    expect(text).toContain('"actionId":"revoke","value":"r1"')
  })

  it('of an admin has the roles given last, each with its end, and a way to every other', async () => {
    const { services } = testKit()
    const homeWith = async (count: number) => {
      const roles = Array.from(
        { length: count },
        (_, index) =>
          ({ id: `r${index}`, slackUserId: 'U8', grant: { type: 'coach', personId: '4' }, bySlackId: 'U90', at: at.now }) as const,
      )
      const admin = { ...services.admin, roles: async () => roles }
      return JSON.stringify(await Promise.all(home.map((section) => section.write(viewers.admin, { ...services, admin }, at))))
    }
    // The service gives the newest first.
    const said = await homeWith(14)
    expect(said.match(/"actionId":"revoke","value":"r\d+"/g)).toEqual(
      Array.from({ length: 10 }, (_, index) => `"actionId":"revoke","value":"r${index}"`),
    )
    expect(said).toContain('And 4 more, given earlier.')
    expect(said).toContain('"actionId":"end-role"')
    expect(await homeWith(11)).not.toContain('end-role')
  })

  it('of an admin says that Gong asked for a wait, and how it is ended, unless it is over in a minute', async () => {
    const { services } = testKit()
    const homeWith = async (leftMs: number) => {
      const pause = { leftMs, askedMs: 99_999_999_000 }
      const admin = { ...services.admin, budget: async () => ({ ...(await services.admin.budget()), pause }) }
      return JSON.stringify(await Promise.all(home.map((section) => section.write(viewers.admin, { ...services, admin }, at))))
    }
    const said = await homeWith(22 * 3_600_000)
    expect(said).toContain('Gong asked the bot to wait 3 years. It waits a day at most: no request goes out for another 22 hours.')
    expect(said).toContain('npm run doctor -- --clear-pause')
    expect(await homeWith(59_000)).not.toContain('asked the bot to wait')
  })

  it('of an admin says what is being read at this moment', async () => {
    const { services } = testKit()
    const now = 'interaction 2026-11-16..2026-11-22, page 3 of 12 · 4 of 38 readings · 1,130 of 4,000 requests today, 2 min left'
    const admin = { ...services.admin, reading: async () => ({ ...(await services.admin.reading()), now }) }
    const written = await Promise.all(home.map((section) => section.write(viewers.admin, { ...services, admin }, at)))
    expect(JSON.stringify(written)).toContain(`Being read now: ${now}.`)
  })

  it.each(['guest', 'outsider', 'bot', 'unmatched', 'leaver'] as const)(
    'of a %s says why there is nothing, and nothing else',
    async (name) => {
      const { headings, kit, parts, text } = await homeOf(viewers[name])
      expect(headings.filter((heading) => heading !== 'What you can ask')).toEqual([])
      expect(kit.watched).toEqual([])
      expect(parts[0]?.type).toBe('text')
      for (const person of people.filter(({ id }) => id !== viewers[name].person?.id)) expect(text).not.toContain(person.name)
    },
  )

  it.each(Object.entries(viewers))(
    'of %s asks for their own figures and those whom they lead, an admin for the company, nothing else',
    async (_name, viewer) => {
      const { kit } = await homeOf(viewer)
      const self = viewer.person?.id
      const leads = self !== undefined && people.some(({ managerId, active }) => active && managerId === self)
      for (const { subject, detail } of kit.watched) {
        if (subject.type === 'person') expect(subject.personId).toBe(self)
        else if (subject.type === 'company') expect([viewer.isAdmin, leads]).toEqual([true, false])
        // Of somebody who leads managers it is the org, and each team of it.
        else if (subject.managerId === self) expect([detail, leads]).toEqual(['by-name', true])
        else
          expect([detail, viewer.isAdmin || people.find(({ id }) => id === subject.managerId)?.managerId === self]).toEqual([
            'by-name',
            true,
          ])
      }
    },
  )

  it.each(Object.keys(viewers) as (keyof typeof viewers)[])('of %s fits into what Slack takes', async (name) => {
    const view = toHomeView((await homeOf(viewers[name])).parts)
    expect(view.blocks.length).toBeGreaterThan(0)
    expect(view.blocks.length).toBeLessThanOrEqual(100)
  })
})
