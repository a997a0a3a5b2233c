import { describe, expect, test } from 'vitest';
import { indexDocuments } from '../../../src/domain/state/document-index.ts';
import { type TimelineEvent, timelineOf } from '../../../src/domain/state/timeline.ts';
import { formatInstant } from '../../../src/domain/time/format-time.ts';
import { DARK_LONDON, DARK_PARIS, documentsFrom, POCO, type Sections, withRevisions } from './world.ts';

function events(sections: Sections, from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY) {
  return timelineOf(indexDocuments(documentsFrom(sections)), from, to);
}

function brief({ at, kind, subject, site }: TimelineEvent): string {
  return `${formatInstant(at)} ${kind} ${subject}${site === null ? '' : ` ${site}`}`;
}

describe('the timeline', () => {
  test('has every step of a shutdown for every site, in order of time', () => {
    const all = events({ ...POCO, exceptions: {} });
    expect(all).toHaveLength(4 * 4);
    expect(all.map(({ at }) => at)).toEqual(all.map(({ at }) => at).toSorted((a, b) => a - b));
    expect(all.filter(({ kind }) => kind === 'dark').map(brief)).toEqual([
      '2024-12-31T18:30:00Z dark poco-2024 poco-in',
      '2024-12-31T23:00:00Z dark poco-2024 poco-fr',
      '2025-01-01T00:00:00Z dark poco-2024 poco-gb',
      '2025-01-01T00:00:00Z dark poco-2024 poco-global',
    ]);
  });

  test('is half open', () => {
    const at = (from: number, to: number): string[] => events(POCO, from, to).map(brief);
    expect(at(DARK_PARIS, DARK_PARIS + 1)).toEqual(['2024-12-31T23:00:00Z dark poco-2024 poco-fr']);
    expect(at(DARK_PARIS - 1, DARK_PARIS)).toEqual([]);
    expect(at(DARK_PARIS + 1, DARK_LONDON)).toEqual([]);
  });

  test('says what an exception keeps from happening', () => {
    const ineffective = events(POCO).filter((event) => !event.effective);
    expect(new Set(ineffective.map((event) => event.site))).toEqual(new Set(['poco-in']));
    expect(ineffective).toHaveLength(4);
  });

  test('keeps what was written and the zone it was read in', () => {
    const [dark] = events(POCO, DARK_PARIS, DARK_PARIS + 1);
    expect(dark).toMatchObject({ text: 'end of 2024-12-31', zone: 'Europe/Paris', market: 'fr' });
  });

  test('has openings, exceptions, freeze windows and revisions', () => {
    const documents = withRevisions(
      documentsFrom({
        ...POCO,
        shutdowns: {},
        sites: { ...POCO.sites, 'mi-global': { ...POCO.sites['mi-global'], opensAt: '2024-01-01T00:00Z' } },
        freezeWindows: { peak: { from: '2024-11-25T00:00Z', until: '2024-12-02T00:00Z', reason: 'peak' } },
        exceptions: {
          e: { ...POCO.exceptions['poco-india'], startsAt: '2024-03-01T00:00Z', endsAt: 'end of 2025-01-31' },
        },
      }),
      'poco-gb',
      [
        { from: null, content: 'a' },
        { from: 0, content: 'b' },
      ],
    );
    expect(
      timelineOf(indexDocuments(documents), Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY).map(brief),
    ).toEqual([
      '1970-01-01T00:00:00Z revision poco-gb poco-gb',
      '2024-01-01T00:00:00Z opens mi-global mi-global',
      '2024-03-01T00:00:00Z exception-starts e',
      '2024-11-25T00:00:00Z freeze-window-from peak',
      '2024-12-02T00:00:00Z freeze-window-until peak',
      '2025-01-31T18:30:00Z exception-ends e',
      '2025-06-30T18:30:00Z exception-review e',
    ]);
  });
});
