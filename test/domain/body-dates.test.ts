import { describe, expect, it } from 'vitest';
import { readBody } from '../../src/domain/body-facts.ts';
import { dayIn, isoDay, isOver, liesAhead } from '../../src/domain/calendar-day.ts';

const dates = (storage: string) => readBody(storage).facts.dates;
const row = (...cells: readonly string[]) =>
  `<table><tbody><tr>${cells.map((cell) => `<td><p>${cell}</p></td>`).join('')}</tr></tbody></table>`;
const DAY = '<time datetime="2027-05-01"/>';

describe('dates that a page names of itself', () => {
  it.each([
    ['a row', row('Last reviewed', DAY), 'reviewed', '2027-05-01'],
    [
      'a row in page properties',
      `<ac:structured-macro ac:name="details"><ac:rich-text-body>${row('Last verified:', '1 May 2027')}</ac:rich-text-body></ac:structured-macro>`,
      'reviewed',
      '2027-05-01',
    ],
    [
      'a head of a row',
      `<table><tr><th>Last <strong>tested</strong></th><td>May 1st, 2027 by Ada</td></tr></table>`,
      'tested',
      '2027-05-01',
    ],
    ['a German row', row('Zuletzt geprüft am', '01.05.2027'), 'reviewed', '2027-05-01'],
    ['a decomposed umlaut', row('Zuletzt gepru\u0308ft', '1.5.2027'), 'reviewed', '2027-05-01'],
    ['a German test', row('Letzte Übung', '1. Mai 2027'), 'tested', '2027-05-01'],
    ['a row without a date', row('Last drill', 'in spring'), 'tested', null],
    ['a row without a second thought', row('Last tested', ''), 'tested', null],
    ['a date that could be two', row('Last reviewed', '03/04/2027'), 'reviewed', null],
    ['a date that can be only one', row('Last reviewed', '4/13/2027'), 'reviewed', '2027-04-13'],
    ['a day that no calendar has', row('Last reviewed', '2027-02-30'), 'reviewed', null],
    ['the next review', row('Next review', '2027-09-01'), 'review-due', '2027-09-01'],
    ['the next German review', row('Nächste Überprüfung', '01.09.2027'), 'review-due', '2027-09-01'],
    ['a line', '<p><strong>Last reviewed:</strong> 2027-05-01</p>', 'reviewed', '2027-05-01'],
    ['a date element after the words', `<p>This page was last reviewed on ${DAY}.</p>`, 'reviewed', '2027-05-01'],
    [
      'a reviewer by mention',
      `<p>Reviewed by <ac:link><ri:user ri:account-id="a"/></ac:link> on ${DAY}</p>`,
      'reviewed',
      '2027-05-01',
    ],
  ])('finds %s', (_, storage, kind, day) => {
    expect(dates(storage)).toEqual([{ kind, day }]);
  });

  it.each([
    ['an edit', row('Last updated', DAY)],
    ['a date of something else', `<p>The certificate ends on ${DAY}; reviewed daily.</p>`],
    ['the review of something else', `<p>The incident was reviewed on ${DAY}.</p>`],
    ['a denial', `<p>It was never last tested ${DAY}</p>`],
    [
      'a list of other pages',
      `<table><tr><th>Runbook</th><th>Last tested</th></tr><tr><td>A</td><td>${DAY}</td></tr></table>`,
    ],
    ['a row of headings', `<table><tr><th>Last tested</th><th>${DAY}</th></tr></table>`],
    [
      'the date of a task',
      `<ac:task-list><ac:task><ac:task-body>Review by ${DAY}</ac:task-body></ac:task></ac:task-list>`,
    ],
    ['code', '<p><code>Last reviewed: 2027-05-01</code></p>'],
    [
      'a sentence',
      '<p>Write the line Last reviewed: 2027-05-01 into every page that you have gone through, and save it.</p>',
    ],
    ['the wrong words', row('Verification', DAY)],
  ])('does not take %s for one', (_, storage) => {
    expect(dates(storage)).toEqual([]);
  });

  it('reads megabytes of rows and dates in little time', () => {
    const started = performance.now();
    const many = dates(row('Last tested', DAY).repeat(20_000) + `<p>${`last ${DAY} `.repeat(20_000)}</p>`);
    expect(many).toEqual([{ kind: 'tested', day: '2027-05-01' }]);
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});

describe('days', () => {
  it.each([
    ['2027-05-01', '2027-05-01'],
    ['2027-02-29', null],
    ['2028-02-29', '2028-02-29'],
    ['2027-13-01', null],
    ['20270501', null],
    ['', null],
  ])('isoDay reads %j as %j', (text, day) => {
    expect(isoDay(text)).toBe(day);
  });

  it.each([
    ['on 2027/5/1 or so', '2027-05-01'],
    ['31.12.2026', '2026-12-31'],
    ['13/4/2027', '2027-04-13'],
    ['12 Sept. 2027', '2027-09-12'],
    ['3. März 2027', '2027-03-03'],
    ['October 3rd, 2027', '2027-10-03'],
    ['12 Foo 2027', null],
    ['Q3 2027', null],
    ['1.2.27', null],
  ])('dayIn reads %j as %j', (text, day) => {
    expect(dayIn(text)).toBe(day);
  });

  it('lie ahead until they begin in the east, and are over when they end in the west', () => {
    const day = '2027-06-02';
    expect(liesAhead(day, new Date('2027-06-01T09:59:59Z'))).toBe(true);
    expect(liesAhead(day, new Date('2027-06-01T10:00:00Z'))).toBe(false);
    expect(isOver(day, new Date('2027-06-03T11:59:59Z'))).toBe(false);
    expect(isOver(day, new Date('2027-06-03T12:00:00Z'))).toBe(true);
  });
});
