// Calendars, which the SDK has no methods for.
import { must, raw, same } from './harness.mjs';

export async function calendars(world) {
  for (const type of ['GOOGLE_OAUTH', 'OUTLOOK']) {
    const account_id = world[type].id;
    const query = { account_id };
    const list = await raw('GET', ['calendars'], { query }, undefined, (all) => must(all.data.length > 0, 'none'));
    const calendar = list.data.find((one) => one.is_default).id;
    await raw('GET', ['calendars', calendar], { query }, 'Calendar', (one) => same(one.id, calendar, 'id'));
    await raw('GET', ['calendars', calendar, 'events'], { query: { ...query, limit: '3' } }, undefined, (page) => same(page.data.length, 3, 'events'));
    const event = {
      title: 'A walk',
      start: { date_time: '2026-11-23T09:00:00.000Z', time_zone: 'Europe/Paris' },
      end: { date_time: '2026-11-23T10:00:00.000Z', time_zone: 'Europe/Paris' },
      attendees: [{ email: 'noor@kestrel.example' }],
    };
    const made = await raw('POST', ['calendars', calendar, 'events'], { query, json: event }, 'CalendarEventCreated');
    const id = made.event_id ?? made.id;
    const path = ['calendars', calendar, 'events', id];
    const short = ['calendars', 'events', id];
    await raw('GET', path, { query }, 'CalendarEvent', (one) => same(one.title, 'A walk', 'title'));
    await raw('PATCH', path, { query, json: { title: 'A long walk' } }, 'CalendarEventEdited');
    await raw('PATCH', short, { query, json: { location: 'Lyon' } }, 'CalendarEventEdited');
    await raw('GET', short, { query }, 'CalendarEvent', (one) => same([one.title, one.location], ['A long walk', 'Lyon'], 'event'));
    await raw('DELETE', type === 'OUTLOOK' ? short : path, { query }, 'CalendarEventDeleted');
  }
}
