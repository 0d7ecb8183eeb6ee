import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at } from '../../../test/support/events.ts';
import { laws } from '../../../test/support/laws.ts';
import { days } from '../shared/period.ts';
import { formatInstant, instant } from '../shared/time.ts';
import { easter, formatDay, holidaysOf, isWorkingDay, readDay, weekdayOf } from './calendar.ts';
import { lawOf, noLaw } from './law.ts';
import { deadlineAfter, workingDaysAfter } from './working-days.ts';

const under = (...codes: string[]) => lawOf(codes, laws.book);
const calendarOf = (code: string) => {
  const [calendar] = under(code).calendars;
  if (calendar === undefined) throw new Error(`No calendar for ${code}`);
  return calendar;
};
const holidays = (code: string, year: number) => holidaysOf(calendarOf(code), year).map(formatDay);

describe('holidays', () => {
  it.each([
    [2024, '2024-03-31'],
    [2025, '2025-04-20'],
    [2026, '2026-04-05'],
    [2038, '2038-04-25'],
    [2285, '2285-03-22'],
  ])('Easter %i is %s', (year, day) => {
    expect(formatDay(easter(year))).toBe(day);
  });

  it('the Netherlands: the King’s birthday moves from a Sunday to the day before', () => {
    expect(holidays('NL', 2026)).toEqual([
      '2026-01-01',
      '2026-04-03',
      '2026-04-06',
      '2026-04-27',
      '2026-05-05',
      '2026-05-14',
      '2026-05-25',
      '2026-12-25',
      '2026-12-26',
    ]);
    expect(holidays('NL', 2031)).toContain('2031-04-26');
  });

  it('Poland: Christmas Eve since 2025, Corpus Christi by Easter', () => {
    expect(holidays('PL', 2024)).not.toContain('2024-12-24');
    expect(holidays('PL', 2026)).toEqual(expect.arrayContaining(['2026-12-24', '2026-06-04']));
  });

  it('England: Christmas at a weekend moves past the other holiday', () => {
    expect(holidays('GB', 2027).slice(-2)).toEqual(['2027-12-27', '2027-12-28']);
    expect(holidays('GB', 2022).slice(-2)).toEqual(['2022-12-26', '2022-12-27']);
    expect(holidays('GB', 2026)).toEqual(
      expect.arrayContaining(['2026-05-04', '2026-05-25', '2026-08-31', '2026-12-28']),
    );
  });

  it('the United States: nearest weekday, also into the year before', () => {
    expect(holidays('US', 2026)).toEqual(expect.arrayContaining(['2026-01-19', '2026-07-03', '2026-11-26']));
    expect(isWorkingDay(calendarOf('US'), readDay('2027-12-31'))).toBe(false);
  });

  it('China: days worked anyway', () => {
    expect(isWorkingDay(calendarOf('CN'), readDay('2026-10-10'))).toBe(true);
    expect(isWorkingDay(calendarOf('CN'), readDay('2026-10-07'))).toBe(false);
    expect(isWorkingDay(calendarOf('CN'), readDay('2026-10-08'))).toBe(true);
  });

  it('Israel: the week is Sunday to Thursday', () => {
    expect(
      ['2026-11-22', '2026-11-26', '2026-11-27', '2026-11-28'].map((day) =>
        isWorkingDay(calendarOf('IL'), readDay(day)),
      ),
    ).toEqual([true, true, false, false]);
  });

  it('that no rule gives are listed for every year the file says it is complete for', () => {
    for (const { code, calendar } of laws.book)
      if (calendar?.completeUntil != null)
        for (let year = 2026; year <= calendar.completeUntil; year += 1)
          expect(holidaysOf(calendar, year).length, `${code} ${year}`).toBeGreaterThan(6);
  });
});

describe('working days', () => {
  it.each([
    ['NL', 'Europe/Amsterdam', '2026-12-24T10:00:00Z', 1, '2026-12-28T22:59:59.999Z'],
    ['NL', 'Europe/Amsterdam', '2026-11-20T10:00:00Z', 2, '2026-11-24T22:59:59.999Z'],
    ['NL', 'Europe/Amsterdam', '2026-11-22T10:00:00Z', 0, '2026-11-23T22:59:59.999Z'],
    ['IL', 'Asia/Jerusalem', '2026-11-26T10:00:00Z', 1, '2026-11-29T21:59:59.999Z'],
    ['US', 'America/New_York', '2026-11-25T23:30:00Z', 1, '2026-11-28T04:59:59.999Z'],
  ])('in %s (%s), from %s, %i working days end at %s', (code, zone, from, count, end) => {
    expect(formatInstant(workingDaysAfter(under(code), at(from), count, zone))).toBe(end);
  });

  it('are Monday to Friday where nothing is known', () => {
    expect(formatInstant(workingDaysAfter(noLaw, at('2026-12-24T10:00:00Z'), 1, 'UTC'))).toBe(
      '2026-12-25T23:59:59.999Z',
    );
  });

  it('are kind to the customer on either side where calendars differ', () => {
    const law = under('NL', 'IL');
    const friday = at('2026-11-27T10:00:00Z');
    expect(formatInstant(workingDaysAfter(law, friday, 1, 'UTC', 'shop'))).toBe('2026-11-29T23:59:59.999Z');
    expect(formatInstant(workingDaysAfter(law, friday, 1, 'UTC', 'customer'))).toBe('2026-11-30T23:59:59.999Z');
  });

  it('end with the day also where clocks change at midnight', () => {
    expect(formatInstant(workingDaysAfter(noLaw, at('2026-10-29T10:00:00Z'), 0, 'Africa/Cairo'))).toBe(
      '2026-10-29T21:59:59.999Z',
    );
    expect(formatInstant(workingDaysAfter(noLaw, at('2018-11-02T10:00:00Z'), 0, 'America/Sao_Paulo'))).toBe(
      '2018-11-03T02:59:59.999Z',
    );
  });

  it('a customer’s deadline runs to the end of a working day', () => {
    expect(formatInstant(deadlineAfter(under('NL'), at('2026-12-11T10:00:00Z'), days(14), 'Europe/Amsterdam'))).toBe(
      '2026-12-28T22:59:59.999Z',
    );
  });

  const someLaw = fc.constantFrom('NL', 'PL', 'DE', 'GB', 'US', 'CN', 'IL').map((code) => under(code));
  const zone = fc.constantFrom(
    'UTC',
    'Europe/Amsterdam',
    'Asia/Jerusalem',
    'Asia/Shanghai',
    'America/New_York',
    'Pacific/Auckland',
  );
  const when = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2028, 10, 1) }).map(instant);
  const localDay = (milliseconds: number, timeZone: string) =>
    readDay(
      new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(
        milliseconds,
      ),
    );

  it('never end before as many calendar days, nor before they began', () => {
    fc.assert(
      fc.property(someLaw, zone, when, fc.nat(40), (law, timeZone, from, count) => {
        const end = workingDaysAfter(law, from, count, timeZone);
        expect(localDay(end, timeZone) - localDay(from, timeZone)).toBeGreaterThanOrEqual(count);
        expect(end).toBeGreaterThanOrEqual(from);
      }),
    );
  });

  it('end later the later they begin and the more they are', () => {
    fc.assert(
      fc.property(
        someLaw,
        zone,
        when,
        fc.nat(40 * 86_400_000),
        fc.nat(30),
        fc.nat(5),
        (law, timeZone, from, later, count, more) => {
          const end = workingDaysAfter(law, from, count, timeZone);
          expect(workingDaysAfter(law, instant(from + later), count, timeZone)).toBeGreaterThanOrEqual(end);
          expect(workingDaysAfter(law, from, count + more, timeZone)).toBeGreaterThanOrEqual(end);
        },
      ),
    );
  });

  it('end on a working day, at its last millisecond', () => {
    fc.assert(
      fc.property(someLaw, zone, when, fc.nat(40), (law, timeZone, from, count) => {
        const end = workingDaysAfter(law, from, count, timeZone);
        const day = localDay(end, timeZone);
        expect(law.calendars.every((calendar) => isWorkingDay(calendar, day))).toBe(true);
        expect(localDay(end + 1, timeZone)).toBe(day + 1);
      }),
    );
  });

  it('count days that people work, and no others', () => {
    fc.assert(
      fc.property(someLaw, zone, when, fc.integer({ min: 1, max: 25 }), (law, timeZone, from, count) => {
        const last = localDay(workingDaysAfter(law, from, count, timeZone), timeZone);
        let worked = 0;
        for (let day = localDay(from, timeZone) + 1; day <= last; day += 1)
          if (law.calendars.some((calendar) => isWorkingDay(calendar, day))) worked += 1;
        expect(worked).toBe(count);
      }),
    );
  });

  it('refuse a number of days that is none', () => {
    expect(() => workingDaysAfter(noLaw, at('2026-11-22'), -1, 'UTC')).toThrow(/Not a number of working days/);
  });

  it('know their weekdays', () => {
    expect(weekdayOf(readDay('1969-12-28'))).toBe(7);
    expect(weekdayOf(readDay('2026-11-22'))).toBe(7);
    expect(weekdayOf(readDay('2026-11-23'))).toBe(1);
  });
});
