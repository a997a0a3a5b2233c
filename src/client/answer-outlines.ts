import type { OperationName } from '../contract/operations/index.ts';

type Form = 'text' | 'number' | 'flag' | 'record' | 'records' | 'texts' | readonly [Outline];

/** Members that a value has, by name; a list of an outline is a list of such values. */
export interface Outline {
  readonly [member: string]: Form | Outline;
}

const RESOURCE: Outline = { kind: 'text', id: 'text', version: 'number', spec: 'record', times: 'record' };
const RESOURCES: Outline = { items: [RESOURCE] };
const PLAN: Outline = {
  id: 'text',
  platform: 'text',
  digest: 'text',
  expiresAt: 'number',
  operations: 'records',
  guards: 'records',
  confirmations: 'records',
  warnings: 'texts',
};
const CHANGE: Outline = { id: 'text', sequence: 'number', at: 'number', actor: 'text', hash: 'text' };
const WRITTEN: Outline = { plan: PLAN };
const SKU: Outline = { sku: 'text' };
const SKUS: Outline = { items: [SKU] };
const TOKEN: Outline = { id: 'text', name: 'text', role: 'text', createdAt: 'number' };
const CHECKLIST: Outline = { launch: 'text', version: 'number', markets: 'records', items: 'records', open: 'texts' };
const SIGNED: Outline = { plan: PLAN, checklist: CHECKLIST };
const RESERVATION: Outline = { id: 'text', launch: 'text', quantity: 'number', state: 'text', expiresAt: 'number' };
const UPLOAD: Outline = { id: 'text', state: 'text', progress: { received: 'number' }, problems: 'records' };

/**
 * What every answer has, operation by operation; of a stream, every line. It is enough to tell a platform's answer from
 * whatever else stands at an address, and little enough to look at each time: the contract's whole shapes take as long
 * to load as Node takes to start. What a newer platform adds is no fault.
 */
export const OUTLINES: Readonly<Record<OperationName, Outline>> = {
  'platform.info': { id: 'text', version: 'text', now: 'number', tzdb: 'text', store: 'text', role: 'text' },

  'markets.list': RESOURCES,
  'markets.get': RESOURCE,
  'markets.put': WRITTEN,
  'markets.remove': WRITTEN,
  'freeze-windows.list': RESOURCES,
  'freeze-windows.get': RESOURCE,
  'freeze-windows.put': WRITTEN,
  'freeze-windows.remove': WRITTEN,
  'sites.list': RESOURCES,
  'sites.get': RESOURCE,
  'sites.put': WRITTEN,
  'sites.remove': WRITTEN,
  'shutdowns.list': RESOURCES,
  'shutdowns.get': RESOURCE,
  'shutdowns.put': WRITTEN,
  'shutdowns.remove': WRITTEN,
  'redirects.list': RESOURCES,
  'redirects.get': RESOURCE,
  'redirects.put': WRITTEN,
  'redirects.remove': WRITTEN,
  'exceptions.list': RESOURCES,
  'exceptions.get': RESOURCE,
  'exceptions.put': WRITTEN,
  'exceptions.remove': WRITTEN,
  'assertions.list': RESOURCES,
  'assertions.get': RESOURCE,
  'assertions.put': WRITTEN,
  'assertions.remove': WRITTEN,
  'taxonomies.list': RESOURCES,
  'taxonomies.get': RESOURCE,
  'taxonomies.put': WRITTEN,
  'taxonomies.remove': WRITTEN,
  'catalogs.list': RESOURCES,
  'catalogs.get': RESOURCE,
  'catalogs.put': WRITTEN,
  'catalogs.remove': WRITTEN,
  'certifications.list': RESOURCES,
  'certifications.get': RESOURCE,
  'certifications.put': WRITTEN,
  'certifications.remove': WRITTEN,
  'services.list': RESOURCES,
  'services.get': RESOURCE,
  'services.put': WRITTEN,
  'services.remove': WRITTEN,
  'checklists.list': RESOURCES,
  'checklists.get': RESOURCE,
  'checklists.put': WRITTEN,
  'checklists.remove': WRITTEN,
  'launches.list': RESOURCES,
  'launches.get': RESOURCE,
  'launches.put': WRITTEN,
  'launches.remove': WRITTEN,

  'launches.stock': { launch: 'text', at: 'number', limitScope: 'text', markets: 'records' },
  'launches.checklist': CHECKLIST,
  'launches.sign': SIGNED,
  'launches.waive': SIGNED,
  'launches.revoke': SIGNED,
  'launches.go': SIGNED,
  'launches.hold': SIGNED,
  'launches.calendar': { now: 'number', entries: 'records' },
  'reservations.create': RESERVATION,
  'reservations.list': { items: [RESERVATION] },
  'reservations.get': RESERVATION,
  'reservations.confirm': RESERVATION,
  'reservations.release': RESERVATION,

  'products.list': SKUS,
  'products.export': SKU,
  'products.get': SKU,
  'products.put': WRITTEN,
  'products.remove': WRITTEN,
  'products.import': WRITTEN,
  'listings.list': SKUS,
  'listings.export': SKU,
  'listings.get': SKU,
  'listings.put': WRITTEN,
  'listings.remove': WRITTEN,
  'listings.import': WRITTEN,
  'catalogs.audit': { kind: 'text' },
  'catalogs.set-mode': { ...WRITTEN, delisted: { count: 'number', first: 'records' } },

  'rule-uploads.begin': UPLOAD,
  'rule-uploads.append': UPLOAD,
  'rule-uploads.complete': UPLOAD,
  'rule-uploads.digest': { received: 'number', accepted: 'number', digest: 'text' },
  'rule-contents.get': { content: 'text', count: 'number' },
  'redirects.rules': { from: 'text' },
  'operations.get': UPLOAD,
  'operations.cancel': UPLOAD,

  'document.export': { version: 'number' },
  'plans.create': PLAN,
  'plans.get': PLAN,
  'plans.apply': CHANGE,
  'changes.list': { items: [CHANGE] },
  'changes.get': { ...CHANGE, operations: 'records' },
  'changes.verify': { intact: 'flag', changeSets: 'number', head: 'text', findings: 'records' },
  'changes.rollback': PLAN,

  'status.get': { at: 'number', sites: 'records', launches: 'records', zones: 'record', warnings: 'texts' },
  'timeline.get': { now: 'number', events: 'records', lanes: 'records', zones: 'record', warnings: 'texts' },
  'availability.get': { market: 'text', sku: 'text', zone: 'text', at: 'number', visible: 'flag', why: 'records' },
  'markets.status': { market: 'text', zone: 'text', at: 'number', sites: 'records', launches: 'records' },
  'explain.urls': { results: 'records' },
  'assertions.check': { assertions: 'records' },
  'redirects.lint': { rules: 'number', findings: 'records' },

  'tokens.create': { ...TOKEN, secret: 'text' },
  'tokens.list': { items: [TOKEN] },
  'tokens.revoke': TOKEN,
};

/** Applying a plan that has nothing to do, or on a dry run, is answered with nothing. */
const NULLABLE: readonly string[] = ['plans.apply'] satisfies readonly OperationName[];

/** Whether a value may be what the operation answers; of a stream, one of its lines. */
export function isAnswerOf(operation: string, value: unknown): boolean {
  if (value === null) return NULLABLE.includes(operation);
  const outline = OUTLINES[operation as OperationName];
  return hasOutline(value, outline) && (!('items' in outline) || isText((value as { next?: unknown }).next ?? ''));
}

function hasOutline(value: unknown, outline: Outline): boolean {
  if (!isRecord(value)) return false;
  for (const member in outline) {
    const form = outline[member];
    if (form !== undefined && !hasForm(value[member], form)) return false;
  }
  return true;
}

function hasForm(value: unknown, form: Form | Outline): boolean {
  switch (form) {
    case 'text':
      return isText(value);
    case 'number':
      return typeof value === 'number';
    case 'flag':
      return typeof value === 'boolean';
    case 'record':
      return isRecord(value);
    case 'records':
      return Array.isArray(value) && value.every(isRecord);
    case 'texts':
      return Array.isArray(value) && value.every(isText);
    default:
      return isListOf(form)
        ? Array.isArray(value) && value.every((item) => hasOutline(item, form[0]))
        : hasOutline(value, form);
  }
}

function isListOf(form: readonly [Outline] | Outline): form is readonly [Outline] {
  return Array.isArray(form);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
