/** What an abbreviation usually stands for: an offset (`Z` or `±HH:MM`), and places that use it. */
export interface Abbreviation {
  readonly offset: string;
  readonly zones: readonly string[];
}

/**
 * Only for suggestions: none of these is accepted, since most mean several things over the year or the world.
 * `GMT` is among them because people write it for London in summer too.
 */
export const ABBREVIATIONS: Readonly<Record<string, Abbreviation>> = {
  ACST: { offset: '+09:30', zones: ['Australia/Adelaide'] },
  AEDT: { offset: '+11:00', zones: ['Australia/Sydney'] },
  AEST: { offset: '+10:00', zones: ['Australia/Sydney', 'Australia/Brisbane'] },
  AWST: { offset: '+08:00', zones: ['Australia/Perth'] },
  BRT: { offset: '-03:00', zones: ['America/Sao_Paulo'] },
  BST: { offset: '+01:00', zones: ['Europe/London'] },
  CDT: { offset: '-05:00', zones: ['America/Chicago'] },
  CEST: { offset: '+02:00', zones: ['Europe/Berlin'] },
  CET: { offset: '+01:00', zones: ['Europe/Berlin'] },
  CST: { offset: '-06:00', zones: ['America/Chicago', 'Asia/Shanghai'] },
  EDT: { offset: '-04:00', zones: ['America/New_York'] },
  EEST: { offset: '+03:00', zones: ['Europe/Athens'] },
  EET: { offset: '+02:00', zones: ['Europe/Athens'] },
  EST: { offset: '-05:00', zones: ['America/New_York'] },
  EST5EDT: { offset: '-05:00', zones: ['America/New_York'] },
  CST6CDT: { offset: '-06:00', zones: ['America/Chicago'] },
  GMT: { offset: 'Z', zones: ['Europe/London'] },
  HKT: { offset: '+08:00', zones: ['Asia/Hong_Kong'] },
  HST: { offset: '-10:00', zones: ['Pacific/Honolulu'] },
  IST: { offset: '+05:30', zones: ['Asia/Kolkata', 'Europe/Dublin', 'Asia/Jerusalem'] },
  JST: { offset: '+09:00', zones: ['Asia/Tokyo'] },
  KST: { offset: '+09:00', zones: ['Asia/Seoul'] },
  MDT: { offset: '-06:00', zones: ['America/Denver'] },
  MESZ: { offset: '+02:00', zones: ['Europe/Berlin'] },
  MET: { offset: '+01:00', zones: ['Europe/Berlin'] },
  MEZ: { offset: '+01:00', zones: ['Europe/Berlin'] },
  MSK: { offset: '+03:00', zones: ['Europe/Moscow'] },
  MST: { offset: '-07:00', zones: ['America/Denver', 'America/Phoenix'] },
  MST7MDT: { offset: '-07:00', zones: ['America/Denver'] },
  NZDT: { offset: '+13:00', zones: ['Pacific/Auckland'] },
  NZST: { offset: '+12:00', zones: ['Pacific/Auckland'] },
  PDT: { offset: '-07:00', zones: ['America/Los_Angeles'] },
  PKT: { offset: '+05:00', zones: ['Asia/Karachi'] },
  PST: { offset: '-08:00', zones: ['America/Los_Angeles', 'Asia/Manila'] },
  PST8PDT: { offset: '-08:00', zones: ['America/Los_Angeles'] },
  SAST: { offset: '+02:00', zones: ['Africa/Johannesburg'] },
  SGT: { offset: '+08:00', zones: ['Asia/Singapore'] },
  WEST: { offset: '+01:00', zones: ['Europe/Lisbon'] },
  WET: { offset: '+00:00', zones: ['Europe/Lisbon'] },
  WIB: { offset: '+07:00', zones: ['Asia/Jakarta'] },
};

/**
 * Today's IANA names where the runtime lists an older one: CLDR never changes a zone's identifier, so
 * `Intl.supportedValuesOf('timeZone')` still says `Asia/Calcutta`. From the tz database's `backward` file.
 */
export const RENAMED: Readonly<Record<string, string>> = {
  'Africa/Asmera': 'Africa/Asmara',
  'America/Buenos_Aires': 'America/Argentina/Buenos_Aires',
  'America/Catamarca': 'America/Argentina/Catamarca',
  'America/Coral_Harbour': 'America/Atikokan',
  'America/Cordoba': 'America/Argentina/Cordoba',
  'America/Godthab': 'America/Nuuk',
  'America/Indianapolis': 'America/Indiana/Indianapolis',
  'America/Jujuy': 'America/Argentina/Jujuy',
  'America/Louisville': 'America/Kentucky/Louisville',
  'America/Mendoza': 'America/Argentina/Mendoza',
  'Asia/Calcutta': 'Asia/Kolkata',
  'Asia/Katmandu': 'Asia/Kathmandu',
  'Asia/Rangoon': 'Asia/Yangon',
  'Asia/Saigon': 'Asia/Ho_Chi_Minh',
  'Atlantic/Faeroe': 'Atlantic/Faroe',
  'Europe/Kiev': 'Europe/Kyiv',
  'Pacific/Enderbury': 'Pacific/Kanton',
  'Pacific/Ponape': 'Pacific/Pohnpei',
  'Pacific/Truk': 'Pacific/Chuuk',
};
