import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalZone, isKnownZone, nearestZones, requireZone, zoneFault } from '../../../src/domain/time/zone.ts';
import { ABBREVIATIONS, RENAMED } from '../../../src/domain/time/zone-names.ts';

describe('canonicalZone', () => {
  it.each([
    ['Europe/Paris', 'Europe/Paris'],
    ['europe/paris', 'Europe/Paris'],
    [' AMERICA/NEW_YORK ', 'America/New_York'],
    ['america/argentina/buenos_aires', 'America/Argentina/Buenos_Aires'],
    ['america/port-au-prince', 'America/Port-au-Prince'],
    ['Asia/Kolkata', 'Asia/Kolkata'],
    ['Asia/Calcutta', 'Asia/Calcutta'],
    ['etc/gmt+5', 'Etc/GMT+5'],
    ['utc', 'UTC'],
  ])('%j is %s', (text, expected) => {
    expect(canonicalZone(text)).toBe(expected);
    expect(isKnownZone(text)).toBe(true);
  });

  it.each([
    '',
    'Z',
    'CET',
    'GMT',
    'EST5EDT',
    'Japan',
    '+01:00',
    'Europe',
    'Europe/',
    'Europe/Pariss',
    'Paris',
    '../etc',
  ])('%j is none', (text) => {
    expect(canonicalZone(text)).toBeNull();
    expect(isKnownZone(text)).toBe(false);
  });

  it('knows every zone the runtime lists, in any letter case', () => {
    fc.assert(
      fc.property(fc.constantFrom(...Intl.supportedValuesOf('timeZone')), (name) => {
        expect(canonicalZone(name.toLowerCase())).toBe(name);
        expect(canonicalZone(name.toUpperCase())).toBe(name);
      }),
    );
  });
});

describe('nearestZones', () => {
  it.each([
    ['Europe/Pariss', ['Europe/Paris']],
    ['europe/berln', ['Europe/Berlin']],
    ['paris', ['Europe/Paris']],
    ['new york', ['America/New_York']],
    ['Kolkata', ['Asia/Kolkata']],
    ['Europe/Kyv', ['Europe/Kyiv']],
    ['Japan', ['Asia/Tokyo']],
    ['cet', ['Europe/Berlin']],
    ['IST', ['Asia/Kolkata', 'Europe/Dublin', 'Asia/Jerusalem']],
    ['Nowhere/Land', []],
    ['', []],
  ])('%j: %j', (text, expected) => {
    expect(nearestZones(text)).toEqual(expected);
  });

  it('finds the place in the wrong area', () => {
    expect(nearestZones('Germany/Berlin')).toContain('Europe/Berlin');
  });
});

describe('the tables of names', () => {
  it('suggest only zones that exist, and abbreviations that are refused', () => {
    for (const [abbreviation, { zones }] of Object.entries(ABBREVIATIONS)) {
      expect(isKnownZone(abbreviation), abbreviation).toBe(false);
      expect(zones.filter((zone) => !isKnownZone(zone))).toEqual([]);
    }
    expect(Object.values(RENAMED).filter((zone) => !isKnownZone(zone))).toEqual([]);
  });
});

describe('requireZone and zoneFault', () => {
  it('give the canonical name back', () => {
    expect(requireZone('europe/paris')).toBe('Europe/Paris');
  });

  it.each([
    ['Europe/Pariss', 'unknown-zone', 'Did you mean Europe/Paris?'],
    ['CET', 'abbreviation', 'Name a place, such as Europe/Berlin, or write UTC'],
    ['+01:00', 'offset', 'Name a place, such as Europe/Paris, or write UTC'],
    ['?', 'unknown-zone', 'Use an IANA name, Area/Place, such as Europe/Paris'],
  ])('%s: %s', (text, reason, remedy) => {
    expect(zoneFault(text)).toMatchObject({ reason, remedy, message: expect.stringContaining(`"${text}"`) });
    expect(() => requireZone(text)).toThrow(expect.objectContaining({ code: 'unknown-zone', exit: 2, remedy }));
  });

  it('show foreign text without obeying it', () => {
    expect(zoneFault('\u001b[2J').message).toContain('\\x1b[2J');
  });
});
