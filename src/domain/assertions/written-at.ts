import type { AssertionSpec } from '../document/assertion-schema.ts';
import { pointerOf } from '../document/pointer.ts';

/** Where a document states an assertion (a JSON pointer): at the URL itself where it names it, else as a whole. */
export function pointerOfAssertion(id: string, spec: AssertionSpec | undefined, url: string): string {
  return pointerOf(['assertions', id, ...placeOf(spec, url)]);
}

function placeOf(spec: AssertionSpec | undefined, url: string): readonly (string | number)[] {
  if (spec?.kind === 'answers') return url in spec.expect ? ['expect', url] : [];
  const place = spec?.kind === 'every-url-ends' ? spec.urls.indexOf(url) : -1;
  return place < 0 ? [] : ['urls', place];
}
