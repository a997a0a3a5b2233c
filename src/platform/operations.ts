import type { ApiOperation } from '../contract/operations/index.ts';
import type { Call, Handler } from './handler.ts';
import { platformInfo } from './services/info.ts';
import { getResource, listResources, putResource, removeResource } from './services/resources.ts';

type Handlers = { readonly [Op in ApiOperation as Op['name']]: Handler<Op> };

/** A handler whose module is loaded with its first call: a list needs no planner, and an explanation no tokens. */
function lazy<I, O>(load: () => Promise<(call: Call, input: I) => Promise<O>>): (call: Call, input: I) => Promise<O> {
  let handler: ((call: Call, input: I) => Promise<O>) | null = null;
  return async (call, input) => {
    handler ??= await load();
    return handler(call, input);
  };
}

const answers = () => import('./services/answers.ts');
const catalogs = () => import('./services/catalog-listings.ts');
const changes = () => import('./services/changes.ts');
const plans = () => import('./services/plans.ts');
const products = () => import('./services/products.ts');
const reservations = () => import('./services/reservations.ts');
const rules = () => import('./services/rules.ts');
const signoffs = () => import('./services/signoffs.ts');
const tokens = () => import('./services/tokens.ts');
const uploads = () => import('./services/uploads.ts');

/** Every operation of the contract with what carries it out; one that is missing is a type error. */
export const HANDLERS: Handlers = {
  'platform.info': platformInfo,

  'markets.list': listResources('markets'),
  'markets.get': getResource('markets'),
  'markets.put': putResource('markets'),
  'markets.remove': removeResource('markets'),
  'freeze-windows.list': listResources('freezeWindows'),
  'freeze-windows.get': getResource('freezeWindows'),
  'freeze-windows.put': putResource('freezeWindows'),
  'freeze-windows.remove': removeResource('freezeWindows'),
  'sites.list': listResources('sites'),
  'sites.get': getResource('sites'),
  'sites.put': putResource('sites'),
  'sites.remove': removeResource('sites'),
  'shutdowns.list': listResources('shutdowns'),
  'shutdowns.get': getResource('shutdowns'),
  'shutdowns.put': putResource('shutdowns'),
  'shutdowns.remove': removeResource('shutdowns'),
  'redirects.list': listResources('rulesets'),
  'redirects.get': getResource('rulesets'),
  'redirects.put': putResource('rulesets'),
  'redirects.remove': removeResource('rulesets'),
  'exceptions.list': listResources('exceptions'),
  'exceptions.get': getResource('exceptions'),
  'exceptions.put': putResource('exceptions'),
  'exceptions.remove': removeResource('exceptions'),
  'assertions.list': listResources('assertions'),
  'assertions.get': getResource('assertions'),
  'assertions.put': putResource('assertions'),
  'assertions.remove': removeResource('assertions'),
  'taxonomies.list': listResources('taxonomies'),
  'taxonomies.get': getResource('taxonomies'),
  'taxonomies.put': putResource('taxonomies'),
  'taxonomies.remove': removeResource('taxonomies'),
  'catalogs.list': listResources('catalogs'),
  'catalogs.get': getResource('catalogs'),
  'catalogs.put': putResource('catalogs'),
  'catalogs.remove': removeResource('catalogs'),
  'certifications.list': listResources('certifications'),
  'certifications.get': getResource('certifications'),
  'certifications.put': putResource('certifications'),
  'certifications.remove': removeResource('certifications'),
  'services.list': listResources('serviceLevels'),
  'services.get': getResource('serviceLevels'),
  'services.put': putResource('serviceLevels'),
  'services.remove': removeResource('serviceLevels'),
  'checklists.list': listResources('checklists'),
  'checklists.get': getResource('checklists'),
  'checklists.put': putResource('checklists'),
  'checklists.remove': removeResource('checklists'),
  'launches.list': listResources('launches'),
  'launches.get': getResource('launches'),
  'launches.put': putResource('launches'),
  'launches.remove': removeResource('launches'),

  'launches.stock': lazy(async () => (await import('./services/launch-stock.ts')).getStock),
  'launches.checklist': lazy(async () => (await import('./services/launch-checklists.ts')).getChecklist),
  'launches.sign': lazy(async () => (await signoffs()).signItemOfLaunch),
  'launches.waive': lazy(async () => (await signoffs()).waiveItemOfLaunch),
  'launches.revoke': lazy(async () => (await signoffs()).revokeItemOfLaunch),
  'launches.go': lazy(async () => (await signoffs()).letLaunchGo),
  'launches.hold': lazy(async () => (await signoffs()).holdLaunch),
  'launches.calendar': lazy(async () => (await import('./services/launch-stock.ts')).getCalendar),
  'reservations.create': lazy(async () => (await reservations()).reserve),
  'reservations.list': lazy(async () => (await reservations()).listReservations),
  'reservations.get': lazy(async () => (await reservations()).getReservation),
  'reservations.confirm': lazy(async () => (await reservations()).confirm),
  'reservations.release': lazy(async () => (await reservations()).release),

  'products.list': lazy(async () => (await products()).listProducts),
  'products.export': lazy(async () => (await products()).exportProducts),
  'products.get': lazy(async () => (await products()).getProduct),
  'products.put': lazy(async () => (await products()).putProduct),
  'products.remove': lazy(async () => (await products()).removeProduct),
  'products.import': lazy(async () => (await products()).importProducts),
  'listings.list': lazy(async () => (await catalogs()).listListings),
  'listings.export': lazy(async () => (await catalogs()).exportListings),
  'listings.get': lazy(async () => (await catalogs()).getListing),
  'listings.put': lazy(async () => (await catalogs()).putListing),
  'listings.remove': lazy(async () => (await catalogs()).removeListing),
  'listings.import': lazy(async () => (await catalogs()).importListings),
  'catalogs.audit': lazy(async () => (await import('./services/audit.ts')).auditCatalogs),
  'catalogs.set-mode': lazy(async () => (await import('./services/catalog-mode.ts')).setCatalogMode),

  'rule-uploads.begin': lazy(async () => (await uploads()).beginUpload),
  'rule-uploads.append': lazy(async () => (await uploads()).appendLines),
  'rule-uploads.complete': lazy(async () => (await uploads()).completeUpload),
  'rule-uploads.digest': lazy(async () => (await uploads()).digestUpload),
  'rule-contents.get': lazy(async () => (await rules()).findContent),
  'redirects.rules': lazy(async () => (await rules()).readRules),
  'operations.get': lazy(async () => (await uploads()).getOperation),
  'operations.cancel': lazy(async () => (await uploads()).cancelOperation),

  'document.export': lazy(async () => (await import('./services/document.ts')).exportState),
  'plans.create': lazy(async () => (await plans()).createPlan),
  'plans.get': lazy(async () => (await plans()).getPlan),
  'plans.apply': lazy(async () => (await plans()).applyPlan),
  'changes.list': lazy(async () => (await changes()).listChanges),
  'changes.get': lazy(async () => (await changes()).getChange),
  'changes.verify': lazy(async () => (await import('./services/verify-changes.ts')).verifyChanges),
  'changes.rollback': lazy(async () => (await changes()).rollbackChange),

  'status.get': lazy(async () => (await answers()).getStatus),
  'timeline.get': lazy(async () => (await answers()).getTimeline),
  'availability.get': lazy(async () => (await import('./services/availability.ts')).getAvailability),
  'markets.status': lazy(async () => (await import('./services/market-status.ts')).getMarketStatus),
  'explain.urls': lazy(async () => (await import('./services/explain.ts')).explainUrls),
  'assertions.check': lazy(async () => (await import('./services/assertions.ts')).checkStoredAssertions),
  'redirects.lint': lazy(async () => (await import('./services/lint.ts')).lintRulesets),

  'tokens.create': lazy(async () => (await tokens()).createToken),
  'tokens.list': lazy(async () => (await tokens()).listTokens),
  'tokens.revoke': lazy(async () => (await tokens()).revokeToken),
};
